using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NymDirectory.DirectoryService.Storage.Schema.Migrations
{
    /// <inheritdoc />
    public partial class KeepUntilAcknowledged : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "day",
                table: "sequences",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // What is there was last used nobody knows when: its year begins now.
            migrationBuilder.Sql("UPDATE sequences SET day = CAST(strftime('%s', 'now') AS INTEGER) / 86400;");

            migrationBuilder.AddColumn<int>(
                name: "probes",
                table: "mailboxes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "retry_at",
                table: "mailboxes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "taken_count",
                table: "mailboxes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // By hand: new columns would come after the content, which may overflow its page, and be read through all of it. Ids are never
            // used again, so the new table goes on counting where the old one was.
            migrationBuilder.Sql(
                """
                CREATE TABLE messages_rebuilt (
                    id INTEGER NOT NULL CONSTRAINT PK_messages PRIMARY KEY AUTOINCREMENT,
                    recipient_id INTEGER NOT NULL,
                    sequence INTEGER NOT NULL,
                    content_hash BLOB NOT NULL,
                    accepted_day INTEGER NOT NULL,
                    next_attempt_at INTEGER NOT NULL,
                    attempts INTEGER NOT NULL,
                    round INTEGER NOT NULL,
                    introduces INTEGER NOT NULL,
                    pair BLOB NULL,
                    lease_id BLOB NULL,
                    leased_until INTEGER NOT NULL,
                    taken_run BLOB NULL,
                    content BLOB NOT NULL,
                    CONSTRAINT FK_messages_mailboxes_recipient_id FOREIGN KEY (recipient_id) REFERENCES mailboxes (account_id) ON DELETE CASCADE);
                INSERT INTO messages_rebuilt
                    SELECT id, recipient_id, sequence, content_hash, accepted_day, next_attempt_at, attempts, 0, 0, NULL, lease_id, leased_until,
                        taken_run, content
                    FROM messages;
                DELETE FROM sqlite_sequence WHERE name = 'messages_rebuilt';
                INSERT INTO sqlite_sequence (name, seq) SELECT 'messages_rebuilt', seq FROM sqlite_sequence WHERE name = 'messages';
                DROP TABLE messages;
                ALTER TABLE messages_rebuilt RENAME TO messages;
                CREATE UNIQUE INDEX messages_content_hash ON messages (content_hash);
                CREATE INDEX messages_recipient ON messages (recipient_id);
                CREATE INDEX messages_taken ON messages (recipient_id) WHERE taken_run IS NOT NULL;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "messages_taken",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "day",
                table: "sequences");

            migrationBuilder.DropColumn(
                name: "introduces",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "pair",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "round",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "probes",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "retry_at",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "taken_count",
                table: "mailboxes");
        }
    }
}

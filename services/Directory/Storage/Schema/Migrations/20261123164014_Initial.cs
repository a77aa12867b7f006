using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NymDirectory.DirectoryService.Storage.Schema.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // By hand: row ids would keep the order of acceptance, which is nobody's business, and cost a second tree.
            migrationBuilder.Sql(
                "CREATE TABLE accepted_contents (hash BLOB NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (hash)) WITHOUT ROWID;");

            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    username = table.Column<string>(type: "TEXT", nullable: false),
                    public_key_spki = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_day = table.Column<int>(type: "INTEGER", nullable: false),
                    last_login_day = table.Column<int>(type: "INTEGER", nullable: false),
                    features = table.Column<int>(type: "INTEGER", nullable: false),
                    route_gateway = table.Column<string>(type: "TEXT", nullable: true),
                    route_run = table.Column<byte[]>(type: "BLOB", nullable: true),
                    route_tag = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "gateways",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    endpoint = table.Column<string>(type: "TEXT", nullable: false),
                    run_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    holder = table.Column<byte[]>(type: "BLOB", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_gateways", x => x.id);
                });

            migrationBuilder.Sql(
                "CREATE TABLE sequences (pair BLOB NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (pair)) WITHOUT ROWID;");

            migrationBuilder.Sql(
                "CREATE TABLE settings (name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID;");

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: false),
                    leased_count = table.Column<int>(type: "INTEGER", nullable: false),
                    message_count = table.Column<int>(type: "INTEGER", nullable: false),
                    byte_count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mailboxes", x => x.account_id);
                    table.ForeignKey(
                        name: "FK_mailboxes_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    recipient_id = table.Column<long>(type: "INTEGER", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    content_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    accepted_day = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    lease_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: false),
                    taken_run = table.Column<byte[]>(type: "BLOB", nullable: true),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => x.id);
                    table.ForeignKey(
                        name: "FK_messages_mailboxes_recipient_id",
                        column: x => x.recipient_id,
                        principalTable: "mailboxes",
                        principalColumn: "account_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "accounts_route_run",
                table: "accounts",
                columns: new[] { "route_gateway", "route_run" });

            migrationBuilder.CreateIndex(
                name: "accounts_route_tag",
                table: "accounts",
                columns: new[] { "route_gateway", "route_tag" });

            migrationBuilder.CreateIndex(
                name: "accounts_username",
                table: "accounts",
                column: "username",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "mailboxes_due",
                table: "mailboxes",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "messages_content_hash",
                table: "messages",
                column: "content_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "messages_recipient",
                table: "messages",
                column: "recipient_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accepted_contents");

            migrationBuilder.DropTable(
                name: "gateways");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "sequences");

            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "accounts");
        }
    }
}

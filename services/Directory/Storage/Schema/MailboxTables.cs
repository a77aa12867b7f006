using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>Tables about messages between acceptance and their fate.</summary>
internal sealed class MailboxTables
    : IEntityTypeConfiguration<MailboxEntity>, IEntityTypeConfiguration<MessageEntity>,
        IEntityTypeConfiguration<AcceptedContentEntity>, IEntityTypeConfiguration<SequenceEntity>
{
    public void Configure(EntityTypeBuilder<MailboxEntity> builder)
    {
        builder.ToTable("mailboxes").HasKey(mailbox => mailbox.AccountId);
        builder.Property(mailbox => mailbox.AccountId).ValueGeneratedNever();
        builder.HasOne<AccountEntity>().WithOne().HasForeignKey<MailboxEntity>(mailbox => mailbox.AccountId);

        // Parked mailboxes are not in it, however many there are.
        builder.HasIndex(mailbox => mailbox.DueAt).HasFilter("due_at IS NOT NULL").HasDatabaseName("mailboxes_due");
    }

    public void Configure(EntityTypeBuilder<MessageEntity> builder)
    {
        builder.ToTable("messages").HasKey(message => message.Id);
        builder.HasOne<MailboxEntity>().WithMany().HasForeignKey(message => message.RecipientId);
        builder.HasIndex(message => message.RecipientId).HasDatabaseName("messages_recipient");

        // What waits, the common case, is not in it.
        builder.HasIndex(message => message.RecipientId, "messages_taken").HasFilter("taken_run IS NOT NULL").HasDatabaseName("messages_taken");
        builder.HasIndex(message => message.ContentHash).IsUnique().HasDatabaseName("messages_content_hash");
    }

    public void Configure(EntityTypeBuilder<AcceptedContentEntity> builder) =>
        builder.ToTable("accepted_contents").HasKey(content => content.Hash);

    public void Configure(EntityTypeBuilder<SequenceEntity> builder) =>
        builder.ToTable("sequences").HasKey(sequence => sequence.Pair);
}

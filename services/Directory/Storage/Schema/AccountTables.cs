using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>Tables about who exists and where they can be answered.</summary>
internal sealed class AccountTables
    : IEntityTypeConfiguration<AccountEntity>, IEntityTypeConfiguration<GatewayEntity>, IEntityTypeConfiguration<SettingEntity>
{
    public void Configure(EntityTypeBuilder<AccountEntity> builder)
    {
        builder.ToTable("accounts").HasKey(account => account.Id);
        builder.HasIndex(account => account.Username).IsUnique().HasDatabaseName("accounts_username");

        // A login ends the other routes of its tag; a gateway that comes back wakes the routes of its run.
        builder.HasIndex(account => new { account.RouteGateway, account.RouteTag }).HasDatabaseName("accounts_route_tag");
        builder.HasIndex(account => new { account.RouteGateway, account.RouteRun }).HasDatabaseName("accounts_route_run");
    }

    public void Configure(EntityTypeBuilder<GatewayEntity> builder) =>
        builder.ToTable("gateways").HasKey(gateway => gateway.Id);

    public void Configure(EntityTypeBuilder<SettingEntity> builder) =>
        builder.ToTable("settings").HasKey(setting => setting.Name);
}

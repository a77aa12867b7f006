using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>For <c>dotnet ef migrations add</c> only: makes a context without starting the service.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<DirectoryContext>
{
    public DirectoryContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<DirectoryContext>().UseSqlite("Data Source=design-time.db").Options);
}

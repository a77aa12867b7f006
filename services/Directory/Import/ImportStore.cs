using NymDirectory.DirectoryService.Storage;

namespace NymDirectory.DirectoryService.Import;

/// <summary>The node's database, opened as the service opens it: locked against one, made and migrated if need be.</summary>
internal sealed class ImportStore : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private ImportStore(ServiceProvider provider) => _provider = provider;

    public DirectoryStore Store => _provider.GetRequiredService<DirectoryStore>();

    /// <exception cref="Hosting.InvalidConfigurationException">It cannot be used; a running Directory is the usual reason.</exception>
    public static async Task<ImportStore> OpenAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        // Who is there now is not about to go: that patience is for a start right after a stop.
        var impatient = new ConfigurationBuilder().AddConfiguration(configuration)
            .AddInMemoryCollection([new($"{StorageOptions.Section}:{nameof(StorageOptions.LockTimeoutSeconds)}", "0")])
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(impatient);
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();
        DirectoryApp.AddStore(services, impatient);
        var opened = new ImportStore(services.BuildServiceProvider());
        try
        {
            await opened.Store.StartAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}

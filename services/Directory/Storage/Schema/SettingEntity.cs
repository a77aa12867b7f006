namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>A value of the database's own, such as the key under which pairs are hashed.</summary>
internal sealed class SettingEntity
{
    public required string Name { get; set; }

    public required byte[] Value { get; set; }
}

namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>A registered user. Times are kept by day only: when somebody came is nobody's business.</summary>
internal sealed class AccountEntity
{
    public long Id { get; set; }

    /// <summary>Case-sensitive; compared byte by byte.</summary>
    public required string Username { get; set; }

    /// <summary>Canonical DER SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKeySpki { get; set; }

    /// <summary>First 16 bytes of SHA-256 over the DER SubjectPublicKeyInfo.</summary>
    public required byte[] KeyId { get; set; }

    /// <summary>Days since 1970-01-01 UTC.</summary>
    public int CreatedDay { get; set; }

    /// <summary>Days since 1970-01-01 UTC.</summary>
    public int LastLoginDay { get; set; }

    /// <summary>Flags of <see cref="Accounts.AccountFeatures"/>, as stated at the last login.</summary>
    public int Features { get; set; }

    /// <summary>The three parts of the route, all present or all absent.</summary>
    public string? RouteGateway { get; set; }

    public byte[]? RouteRun { get; set; }

    public byte[]? RouteTag { get; set; }
}

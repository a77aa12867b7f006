using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Gateway;

/// <summary>Settings of the Gateway itself: section <c>Gateway</c>.</summary>
internal sealed record GatewayOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway";

    /// <summary>The gateway id of this Gateway's routes; leased by one Gateway at a time.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9_.-]{1,64}", ErrorMessage = "Gateway__Id must be 1 to 64 characters of A-Z a-z 0-9 _ . -")]
    public string Id { get; init; } = "gateway";

    /// <summary>Where Relays reach this Gateway; the Directory tells them.</summary>
    [Required]
    [StringLength(256)]
    [RegularExpression("https?://.+", ErrorMessage = "Gateway__Endpoint must be an http:// or https:// address")]
    public string Endpoint { get; init; } = "http://localhost:5100";

    /// <summary>The folder of the node's key and of what the Gateway publishes and keeps. Made when missing.</summary>
    [Required]
    public string DataDirectory { get; init; } = "data/gateway";

    /// <summary>The node's private key in PEM; <c>node_key.pem</c> in the data folder when empty.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A file with the passphrase that seals the key. Without one the key is kept unsealed, with a warning.</summary>
    public string? KeyPassphraseFile { get; init; }

    /// <summary>Where the key is kept.</summary>
    public string KeyPath => string.IsNullOrWhiteSpace(KeyFile) ? Path.Combine(DataDirectory, "node_key.pem") : KeyFile;

    /// <summary>Where the public key is published.</summary>
    public string PublicKeyPath => Path.Combine(DataDirectory, "node_public_key.pem");
}

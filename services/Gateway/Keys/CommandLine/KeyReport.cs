namespace NymDirectory.Gateway.Keys.CommandLine;

/// <summary>What an operator is told about the node's key: where it is and how it is kept, nothing of it.</summary>
internal static class KeyReport
{
    public static void Write(LoadedKey loaded, GatewayOptions settings, TextWriter output)
    {
        var state = $"{(loaded.IsNew ? "made now" : "there already")}, {(loaded.IsSealed ? "sealed" : "unsealed")}";
        output.WriteLine($"private key: {Path.GetFullPath(settings.KeyPath)} ({state})");
        output.WriteLine($"public key: {Path.GetFullPath(settings.PublicKeyPath)}");
    }

    public static void Warn(LoadedKey loaded, bool hasPassphrase, TextWriter warnings)
    {
        if (!loaded.IsSealed)
        {
            warnings.WriteLine(hasPassphrase
                ? "warning: the key is kept unsealed although a passphrase is given: seal it with openssl pkcs8 -topk8"
                : "warning: the key is kept unsealed: Gateway__KeyPassphraseFile seals a new one");
        }
    }
}

using NymDirectory.Signatures;

namespace NymDirectory.Load;

/// <summary>What one message cannot cost less than: one signature check and one signature.</summary>
internal static class CryptographicFloor
{
    private const int Rounds = 4000;

    internal static double MeasureMicroseconds()
    {
        using var key = SigningKey.Generate();
        var verifier = new SignatureVerifier(key.PublicKey);
        var data = new byte[1000];
        var signature = key.SignHex(data);
        Run(Rounds / 10, key, verifier, data, signature);
        var start = TimeProvider.System.GetTimestamp();
        Run(Rounds, key, verifier, data, signature);
        return TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / Rounds;
    }

    private static void Run(int rounds, SigningKey key, SignatureVerifier verifier, byte[] data, string signature)
    {
        for (var i = 0; i < rounds; i++)
        {
            key.SignHex(data);
            if (!verifier.Verify(data, signature))
            {
                throw new InvalidOperationException("A signature of our own is not valid.");
            }
        }
    }
}

using NymDirectory.Load.Workloads;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Measuring;

/// <summary>What cryptography costs on this machine in CPU time, all cores at work: nothing can be cheaper than that.</summary>
/// <param name="CheckMicroseconds">One P-256 signature check, key already parsed.</param>
/// <param name="SignatureMicroseconds">One P-256 signature.</param>
internal sealed record CryptographicFloor(double CheckMicroseconds, double SignatureMicroseconds)
{
    private const int Rounds = 10_000;
    private const int ContentBytes = 900;

    /// <summary>What an operation cannot cost less than.</summary>
    public double Of(FloorShare share) => (share.Checks * CheckMicroseconds) + (share.Signatures * SignatureMicroseconds);

    public static CryptographicFloor Measure()
    {
        using var key = SigningKey.Generate();
        var data = new byte[ContentBytes];
        var signature = key.SignHex(data);
        return new CryptographicFloor(
            MeasureOne(() => new SignatureVerifier(key.PublicKey), verifier => verifier.Verify(data, signature)),
            MeasureOne(() => key, one => one.SignHex(data).Length > 0));
    }

    public static CryptographicFloor Mean(CryptographicFloor before, CryptographicFloor after) => new(
        (before.CheckMicroseconds + after.CheckMicroseconds) / 2, (before.SignatureMicroseconds + after.SignatureMicroseconds) / 2);

    // CPU time and not the clock's, which other programs on the machine would lengthen.
    private static double MeasureOne<T>(Func<T> prepare, Func<T, bool> once)
    {
        Run(prepare, once, Rounds / 10);
        var before = Environment.CpuUsage.TotalTime;
        Run(prepare, once, Rounds);
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Rounds / Environment.ProcessorCount;
    }

    private static void Run<T>(Func<T> prepare, Func<T, bool> once, int rounds)
    {
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            var subject = prepare();
            for (var i = 0; i < rounds; i++)
            {
                if (!once(subject))
                {
                    throw new InvalidOperationException("A signature of our own is not valid.");
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }
}

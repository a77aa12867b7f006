using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using NymDirectory.Signatures;

namespace NymDirectory.Microbenchmarks;

/// <summary>The floor, and what a key costs that is not kept.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks
{
    private readonly SigningKey _key = SigningKey.Generate();
    private readonly byte[] _data = new byte[900];
    private SignatureVerifier _cached = null!;
    private string _signature = "";
    private string _pem = "";
    private byte[] _canonical = [];
    private ECParameters _parameters;

    /// <summary>One signature to check.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _cached = new SignatureVerifier(_key.PublicKey);
        _signature = _key.SignHex(_data);
        _pem = _key.PublicKey.Pem;
        _canonical = _key.PublicKey.SubjectPublicKeyInfo.ToArray();
        using var platforms = ECDsa.Create();
        platforms.ImportSubjectPublicKeyInfo(_canonical, out _);
        _parameters = platforms.ExportParameters(includePrivateParameters: false);
    }

    [Benchmark(Baseline = true)]
    public bool CheckWithCachedKey() => _cached.Verify(_data, _signature);

    [Benchmark]
    public bool CheckWithStoredKey() => new SignatureVerifier(P256PublicKey.FromCanonical(_canonical)).Verify(_data, _signature);

    [Benchmark]
    public bool CheckWithKeyFromOutside() => P256PublicKey.TryParsePem(_pem, out var key) && new SignatureVerifier(key).Verify(_data, _signature);

    /// <summary>What <c>CheckWithStoredKey</c> does without: the platform's own way to a key, and no check with it.</summary>
    [Benchmark]
    public int ImportByThePlatform()
    {
        using var key = ECDsa.Create(_parameters);
        return key.KeySize;
    }

    [Benchmark]
    public string Sign() => _key.SignHex(_data);
}

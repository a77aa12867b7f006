using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace NymDirectory.Signatures;

/// <summary>
/// Imports public keys through OpenSSL itself. When .NET imports one, OpenSSL before 3.4 multiplies the point by the order of the curve, twice, to see that it
/// belongs to the right subgroup: as much as two checks of a signature. P-256 has no other subgroup (its cofactor is 1: SEC 2, section 2.4.2), so a point on
/// the curve is all that has to be made sure of, and reading the point does that. Later versions leave it out by themselves; where none but those are left, this
/// can go.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class OpenSslKeys
{
    // NID_X9_62_prime256v1 in OpenSSL's obj_mac.h.
    private const int NistP256 = 415;

    // The loader knows a library by this name: what the platform has loaded already is found by it.
    private const string Library = "libcrypto.so.3";

    private const int PointSize = 65;
    private const byte Uncompressed = 4;
    private const string NoPoint = "It is no point of P-256.";

    private const string NewKeyFunction = "EC_KEY_new_by_curve_name";
    private const string SetPointFunction = "EC_KEY_oct2key";
    private const string FreeFunction = "EC_KEY_free";
    private const string ClearErrorsFunction = "ERR_clear_error";
    private const string VersionFunction = "OpenSSL_version_num";
    private static readonly string[] Functions = [NewKeyFunction, SetPointFunction, FreeFunction, ClearErrorsFunction, VersionFunction];

    /// <summary>Whether the platform works with the OpenSSL that is spoken to here.</summary>
    public static bool AreUsable { get; } = Try();

    /// <summary>A key to check with.</summary>
    /// <param name="point">Uncompressed: 04, x, y; 65 bytes (SEC 1, section 2.3.3).</param>
    /// <exception cref="CryptographicException">It is no point of the curve.</exception>
    /// <exception cref="InvalidOperationException">OpenSSL has no room for a key.</exception>
    public static ECDsa Import(ReadOnlySpan<byte> point)
    {
        // OpenSSL would also take the other forms: hybrid, compressed, and infinity.
        if (point.Length != PointSize || point[0] != Uncompressed)
        {
            throw new CryptographicException(NoPoint);
        }

        var key = NewKey(NistP256);
        if (key == 0)
        {
            ClearErrors();
            throw new InvalidOperationException("OpenSSL has no room for a key.");
        }

        try
        {
            if (SetPoint(key, in MemoryMarshal.GetReference(point), point.Length, 0) != 1)
            {
                ClearErrors();
                throw new CryptographicException(NoPoint);
            }

            // Holds the key as well.
            return new ECDsaOpenSsl(key);
        }
        finally
        {
            Free(key);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever is missing: there is another way.")]
    private static bool Try()
    {
        try
        {
            // In this order: asked for its version, the platform loads its own library.
            var platforms = SafeEvpPKeyHandle.OpenSslVersion;
            if (!NativeLibrary.TryLoad(Library, out var library) || !Functions.All(function => NativeLibrary.TryGetExport(library, function, out _)))
            {
                return false;
            }

            // A key made by one copy of OpenSSL must never come to another: calls go to what was found here, whatever lies beside this program, and that has to
            // say of itself what the platform's does.
            NativeLibrary.SetDllImportResolver(typeof(OpenSslKeys).Assembly, (name, _, _) => name == Library ? library : 0);
            return VersionNumber() == platforms;
        }
        catch (Exception)
        {
            return false;
        }
    }

    [DllImport(Library, EntryPoint = NewKeyFunction)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint NewKey(int curve);

    [DllImport(Library, EntryPoint = SetPointFunction)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPoint(nint key, in byte point, nint length, nint context);

    [DllImport(Library, EntryPoint = FreeFunction)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Free(nint key);

    [DllImport(Library, EntryPoint = ClearErrorsFunction)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ClearErrors();

    [DllImport(Library, EntryPoint = VersionFunction)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint VersionNumber();
}

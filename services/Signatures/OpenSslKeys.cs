using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace NymDirectory.Signatures;

/// <summary>
/// Imports public keys through OpenSSL itself. Every way into <see cref="ECDsa"/> that the platform has multiplies the point by the order of the curve, twice
/// what a check of a signature costs, to see that it belongs to the right subgroup. P-256 has no other (its cofactor is 1: SEC 2, section 2.4.2), so a point on
/// the curve is all that has to be made sure of, and reading the point does that.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class OpenSslKeys
{
    // NID_X9_62_prime256v1 in OpenSSL's obj_mac.h.
    private const int NistP256 = 415;

    // The one that the platform has loaded, if it is of this version: the loader knows a library by this name.
    private const string Library = "libcrypto.so.3";
    private const int Version = 3;

    // MNNFFPPS: the major version are the highest four of 32 bits.
    private const int MajorVersionShift = 28;

    private const int PointSize = 65;
    private const byte Uncompressed = 4;
    private const string NoPoint = "It is no point of P-256.";

    private const string NewKeyFunction = "EC_KEY_new_by_curve_name";
    private const string SetPointFunction = "EC_KEY_oct2key";
    private const string FreeFunction = "EC_KEY_free";
    private const string ClearErrorsFunction = "ERR_clear_error";
    private static readonly string[] Functions = [NewKeyFunction, SetPointFunction, FreeFunction, ClearErrorsFunction];

    /// <summary>Whether the platform works with the OpenSSL that is spoken to here.</summary>
    public static bool AreUsable { get; } = Try();

    /// <summary>A key to check with.</summary>
    /// <param name="point">Uncompressed: 04, x, y; 65 bytes (SEC 1, section 2.3.3).</param>
    /// <exception cref="CryptographicException">It is no point of the curve.</exception>
    public static ECDsa Import(ReadOnlySpan<byte> point)
    {
        // OpenSSL would also take the other forms: compressed, and infinity.
        if (point.Length != PointSize || point[0] != Uncompressed)
        {
            throw new CryptographicException(NoPoint);
        }

        var key = NewKey(NistP256);
        try
        {
            if (key == 0 || SetPoint(key, in MemoryMarshal.GetReference(point), point.Length, 0) != 1)
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
            // In this order: asked for its version, the platform loads its own, and what is loaded here by the same name is that one. A build without the older
            // interface lacks these functions.
            return SafeEvpPKeyHandle.OpenSslVersion >> MajorVersionShift == Version
                && NativeLibrary.TryLoad(Library, out var library)
                && Functions.All(function => NativeLibrary.TryGetExport(library, function, out _));
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
}

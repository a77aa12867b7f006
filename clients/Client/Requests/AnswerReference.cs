using System.Security.Cryptography;

namespace NymDirectory.Client.Requests;

/// <summary>
/// What a request carries and its answer brings back. Without it a second answer to one request, because the request was sent again or the mixnet
/// brought it twice, passes for the next one's: a message that was lost would count as accepted. And so would an old answer that somebody plays to us.
/// </summary>
internal static class AnswerReference
{
    private const int Digits = 16;

    /// <summary>A new one, for all attempts at one request.</summary>
    public static string Fresh() => RandomNumberGenerator.GetHexString(Digits, lowercase: true);
}

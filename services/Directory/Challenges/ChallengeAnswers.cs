using System.Text;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Telemetry;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Challenges;

/// <summary>Judges answers to challenges, each of which is used up by its first answer.</summary>
internal sealed class ChallengeAnswers(ChallengeStore challenges, DirectoryMetrics metrics)
{
    public ChallengeVerdict Judge(ReturnRoute route, ChallengePurpose purpose, string? username, string? signature)
    {
        // A name is not needed, but one that is not the challenge's says that this answers something else.
        if (challenges.Take(ChallengeKey.Of(route, purpose)) is not { } challenge
            || (username is not null && username != challenge.Username.Value))
        {
            return ChallengeVerdict.NothingPending;
        }

        Span<byte> signed = stackalloc byte[challenge.Nonce.Length];
        Encoding.ASCII.GetBytes(challenge.Nonce, signed);
        var verifier = new SignatureVerifier(challenge.PublicKey);
        var valid = verifier.Verify(signed, signature);
        verifier.LetGo();
        metrics.SignatureChecked(valid);
        return valid ? ChallengeVerdict.ProvedBy(challenge) : ChallengeVerdict.WrongSignature;
    }
}

namespace NymDirectory.Mixnet;

/// <summary>Why a frame could not be read.</summary>
/// <param name="Code">The code nym-client uses for it.</param>
/// <param name="Detail">A constant text, never a part of the frame.</param>
public sealed record NymCodecError(NymErrorCode Code, string Detail)
{
    /// <summary>The error as nym-client would answer it.</summary>
    public ErrorResponse ToResponse() => new(Code, Detail);
}

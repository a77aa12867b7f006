namespace NymDirectory.Client.Tests.Cryptography;

/// <summary>
/// What Python's cryptography package makes of the vectors' node key as ephemeral key, salt 00..0f, an IV of zeros, recipient bob.
/// </summary>
internal static class FixedPayload
{
    public const string Text = "za\u017c\u00f3\u0142\u0107 \ud83d\ude80\u007f";

    public const string Expected =
        """
        {"ephemeralPublicKey": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPN/Mm/1QIDYCe5we9BVTCieCql+Z\nzfdpMYg5/SnrU0ySWtN2a6guhMdtZVOMh4+to8xt3m3kgBvSMMU9W+c02A==\n-----END PUBLIC KEY-----\n", "salt": "000102030405060708090a0b0c0d0e0f", "encryptedBody": {"iv": "000000000000000000000000", "ciphertext": "a05cf413080be5c937101faabd62e4bbc2e7331331e1f9d572d67601f3bcc75711a38149bae80a1ff6c838a5feb506eab886f8e000266d1063d92207c4dd2cf4906d73d5a36a89", "tag": "d01ec7febb6cca4581d1ce7a40d3ebd4"}}
        """;
}

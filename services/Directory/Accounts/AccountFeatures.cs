namespace NymDirectory.DirectoryService.Accounts;

/// <summary>What an account's client said it can do; stated anew at each login. The numbers are on disk.</summary>
[Flags]
internal enum AccountFeatures
{
    /// <summary>An existing nymCHAT client.</summary>
    None = 0,

    /// <summary>It acknowledges messages, and is ready for them as soon as its login succeeded.</summary>
    Ack = 1,
}

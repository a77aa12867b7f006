using System.Runtime.Versioning;

// The Gateway runs nym-client on Linux only, and so do the tests of that.
[assembly: SupportedOSPlatform("linux")]

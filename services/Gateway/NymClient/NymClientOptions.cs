using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Gateway.NymClient;

/// <summary>The nym-client program and how it is run and reached (section <c>NymClient</c>).</summary>
internal sealed record NymClientOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "NymClient";

    /// <summary>The program: a path, or a name that is looked for on PATH.</summary>
    [Required]
    public string Binary { get; init; } = "nym-client";

    /// <summary>Its id: its files are in <c>$HOME/.nym/clients/ID</c>.</summary>
    [Required, RegularExpression("[A-Za-z0-9_-]{1,64}", ErrorMessage = "NymClient__Id: letters, digits, '-' and '_', at most 64.")]
    public string Id { get; init; } = "nymdirectory";

    /// <summary>Where its websocket listens.</summary>
    [Required]
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port of its websocket.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 1977;

    /// <summary>False: somebody else starts and stops it, the Gateway only connects.</summary>
    public bool Managed { get; init; } = true;

    /// <summary>Further arguments for <c>init</c>, as one line; quotes keep spaces.</summary>
    public string InitArguments { get; init; } = "";

    /// <summary>Further arguments for <c>run</c>, as one line; quotes keep spaces.</summary>
    public string RunArguments { get; init; } = "";

    /// <summary>How long nym-client may take to flush after SIGINT before it gets a second one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take after the second SIGINT before it is killed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KillPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long replies may still be handed over when the Gateway stops.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one left over by a killed Gateway has to accept the websocket before it is stopped.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AdoptionPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a reply to the Gateway's own tag may be under way before the SURB store counts as lost (<c>Managed=false</c>).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StoreCheckPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>SURBs that the Gateway attaches for itself. nym-client holds back the last ten (<c>Managed=false</c>).</summary>
    [Range(11, 50)]
    public int OwnReplySurbs { get; init; } = 30;

    /// <summary>
    /// How long after its answer nym-client is asked whether a message still waits for reply blocks, before the message counts as taken. Zero: its first word
    /// that nothing waits is always believed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LaneConfirmation { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the Gateway sends itself a message through the mixnet, and how long it waits for each.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Reply blocks of each tag that nym-client holds back to ask for more by (<c>minimum_reply_surb_storage_threshold</c>).</summary>
    [Range(2, 200)]
    public int ReplySurbThreshold { get; init; } = 10;

    /// <summary>With how many reply blocks above the threshold nym-client asks for more (<c>minimum_reply_surb_threshold_buffer</c>).</summary>
    [Range(0, 100)]
    public int ReplySurbBuffer { get; init; } = 5;

    /// <summary>
    /// After so many received messages nym-client is stopped gracefully and started again, because it remembers the 31-bit id of each and takes a new
    /// message with an old id for a copy. Zero: never.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public int RestartAfterMessages { get; init; } = 1_000_000;

    /// <summary>After this time nym-client is stopped gracefully and started again. Zero: never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan RestartAfter { get; init; }

    /// <summary>Before a planned restart: how long nym-client has to send what it was handed last.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first pause before nym-client is started again; it doubles up to <see cref="LongestPause"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause before nym-client is started again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it must have been connected for the pauses to begin anew.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan StableTime { get; init; } = TimeSpan.FromMinutes(2);
}

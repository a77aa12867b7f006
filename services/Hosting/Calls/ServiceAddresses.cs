using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Hosting.Calls;

/// <summary>Where the other services answer: configuration section <c>Services</c>. <c>dns:///host:port</c> and
/// <c>static:///host:port,host:port</c> balance over replicas.</summary>
public sealed record ServiceAddresses
{
    private const string Form = "^(http|https|dns|static)://.+$";

    /// <summary>The Directory; <c>http://localhost:5101</c> by default.</summary>
    [RegularExpression(Form, ErrorMessage = "Services__Directory: use http://host:port or dns:///host:port.")]
    public string Directory { get; set; } = "http://localhost:5101";

    /// <summary>The Relays; <c>http://localhost:5102</c> by default.</summary>
    [RegularExpression(Form, ErrorMessage = "Services__Relay: use http://host:port or dns:///host:port.")]
    public string Relay { get; set; } = "http://localhost:5102";
}

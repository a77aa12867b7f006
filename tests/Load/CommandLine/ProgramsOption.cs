using System.CommandLine;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.CommandLine;

/// <summary><c>--programs DIR</c>: programs that were published before.</summary>
internal static class ProgramsOption
{
    /// <summary>Refuses a folder that lacks some of them, before anything is started.</summary>
    /// <param name="otherwise">What happens without it, as the end of a sentence.</param>
    public static Option<string?> Create(string otherwise = "they are published now")
    {
        var option = new Option<string?>("--programs") { Description = $"A folder of programs that were published before; without it {otherwise}." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } folder && !PublishedPrograms.AreIn(folder))
            {
                result.AddError($"There are no published programs in {folder}; without --programs {otherwise}.");
            }
        });
        return option;
    }
}

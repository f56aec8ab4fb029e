using System.CommandLine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>How results are to be written.</summary>
internal enum OutputFormat
{
    /// <summary>Aligned text.</summary>
    Table,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>Markdown.</summary>
    Markdown,

    /// <summary>The figure.</summary>
    Png,

    /// <summary>A page that holds everything.</summary>
    Html,

    /// <summary>Rows as CSV: chosen by the extension of <c>--out</c>.</summary>
    Csv,

    /// <summary>Rows as Parquet: chosen by the extension of <c>--out</c>.</summary>
    Parquet,
}

/// <summary>What every verb is told beside its own arguments.</summary>
/// <param name="Format">How results are written.</param>
/// <param name="Out">The file they are written to; null for stdout.</param>
/// <param name="Threads">Threads that compute; null for the default.</param>
/// <param name="Quiet">Whether progress is kept to oneself.</param>
internal sealed record OutputSettings(OutputFormat Format, string? Out, int? Threads, bool Quiet);

/// <summary>The options that every verb has.</summary>
internal sealed class OutputOptions
{
    private const int MostThreads = 256;

    private readonly Option<string> _format = new("--format")
    {
        Description = "table, json, md, png or html",
        HelpName = "table|json|md|png|html",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<string?> _out = new("--out") { Description = "Write results to this file, not to stdout; without --format, .csv and .parquet hold them as rows", HelpName = "FILE" };

    private readonly Option<int?> _threads = new("--threads") { Description = "Threads that compute; results do not depend on it", HelpName = "N" };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Show no progress" };

    /// <summary>Adds the options to a verb.</summary>
    public OutputOptions(Command verb)
    {
        verb.Options.Add(_format);
        verb.Options.Add(_out);
        verb.Options.Add(_threads);
        verb.Options.Add(_quiet);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="UsageException">An unknown format, or a number of threads that cannot be.</exception>
    public OutputSettings Read(ParseResult command)
    {
        var threads = command.GetValue(_threads);
        if (threads is < 1 or > MostThreads)
        {
            throw new UsageException($"--threads {threads} cannot be. Give a number from 1 to {MostThreads}.");
        }

        return new OutputSettings(FormatOf(command), command.GetValue(_out), threads, command.GetValue(_quiet));
    }

    private OutputFormat FormatOf(ParseResult command) => Path.GetExtension(command.GetValue(_out))?.ToLowerInvariant() switch
    {
        ".csv" when command.GetResult(_format) is null or { Implicit: true } => OutputFormat.Csv,
        ".parquet" when command.GetResult(_format) is null or { Implicit: true } => OutputFormat.Parquet,
        _ => FormatOf(command.GetValue(_format)!),
    };

    private static OutputFormat FormatOf(string text) => text switch
    {
        "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "md" => OutputFormat.Markdown,
        "png" => OutputFormat.Png,
        "html" => OutputFormat.Html,
        _ => throw new UsageException($"There is no format '{text}'. Choose table, json, md, png or html."),
    };
}

using System.Text;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>
/// Writes results as they come: to stdout at once, to a file only when all are there, so that an interrupted command leaves the file as
/// it was.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    private readonly OutputSettings _settings;
    private readonly Terminal _terminal;
    private readonly MemoryStream? _file;
    private readonly List<ReportDocument> _page = [];
    private readonly ResultTable _table = new();
    private int _results;

    /// <summary>Prepares to write.</summary>
    /// <param name="settings">Format and place.</param>
    /// <param name="terminal">The process's streams.</param>
    /// <param name="hasFigure">Whether the verb's results have pictures.</param>
    /// <exception cref="UsageException">A picture to a terminal, or from a verb that has none; a folder that does not exist.</exception>
    public ResultWriter(OutputSettings settings, Terminal terminal, bool hasFigure)
    {
        _settings = settings;
        _terminal = terminal;
        _file = settings.Out is null ? null : new MemoryStream();
        if (settings.Format == OutputFormat.Png && !hasFigure)
        {
            throw new UsageException("This verb has no figure. Use --format table, json, md or html.");
        }

        if (settings.Format == OutputFormat.Png && settings.Out is null && terminal.IsOutputTerminal)
        {
            throw new UsageException("A PNG cannot be shown in a terminal. Name a file with --out, or pipe the output.");
        }

        if (settings.Out is { } path && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"The folder of --out {path} does not exist. Make {folder} first.");
        }
    }

    /// <summary>Writes a result, or keeps it where the format needs all of them.</summary>
    /// <exception cref="UsageException">A second picture.</exception>
    public void Write(CommandResult result)
    {
        var isFirst = _results++ == 0;
        switch (_settings.Format)
        {
            case OutputFormat.Json:
                Append(result.Json() + "\n");
                break;
            case OutputFormat.Markdown:
                Append((isFirst ? "" : "\n") + MarkdownReport.Write(result.Document()));
                break;
            case OutputFormat.Table:
                Append((isFirst ? "" : "\n") + TextReport.Write(result.Document()));
                break;
            case OutputFormat.Html:
                _page.Add(result.Document() with { Figure = result.Figure?.Invoke() });
                break;
            case OutputFormat.Csv or OutputFormat.Parquet:
                foreach (var row in result.Rows?.Invoke() ?? throw new UsageException("This verb has no rows. Use --format table, json, md or html."))
                {
                    _table.Add(row);
                }

                break;
            case OutputFormat.Png:
                AppendPicture(isFirst, result.Figure!().Bytes);
                break;
        }
    }

    /// <summary>Writes what was kept.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public void Complete()
    {
        if (_settings.Format == OutputFormat.Html)
        {
            Append(HtmlPage.Write(_page));
        }

        switch (_settings.Format)
        {
            case OutputFormat.Csv:
                Append(_table.Csv());
                break;
            case OutputFormat.Parquet:
                _file!.Write(_table.Parquet());
                break;
        }

        _terminal.Output.Flush();
        if (_file is not null)
        {
            Save(_settings.Out!, _file);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static void Save(string path, MemoryStream content)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.unfinished";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew))
            {
                content.WriteTo(file);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new UsageException($"{path} cannot be written: {cause.Message} Choose another --out.");
        }
    }

    private void Append(string text)
    {
        if (_file is not null)
        {
            _file.Write(Encoding.UTF8.GetBytes(text));
            return;
        }

        _terminal.Output.Write(text);
        _terminal.Output.Flush();
    }

    private void AppendPicture(bool isFirst, byte[] png)
    {
        if (!isFirst)
        {
            throw new UsageException("A PNG holds one figure. Choose one sample (a row with --rows), or use --format html.");
        }

        (_file ?? _terminal.OutputStream).Write(png);
    }
}

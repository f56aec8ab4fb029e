using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ExplainLsp.Figures;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp tokenize MODEL</c>: the tokens that a model sees of a text, each with its place.</summary>
internal static class TokenizeVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A folder with tokenizer.json or vocab.txt, or an .onnx file in such a folder" };
        var file = new Argument<string?>("FILE") { Description = "Texts, one JSON object a line: text, and pair where there is one", Arity = ArgumentArity.ZeroOrOne };
        var text = new Option<string?>("--text") { Description = "A text", HelpName = "TEXT" };
        var pair = new Option<string?>("--pair") { Description = "A second text", HelpName = "TEXT" };
        var verb = new Command("tokenize", "Show the tokens that a model sees of a text.") { model, file, text, pair };
        var settings = new OutputOptions(verb);
        verb.Computes((command, cancellation) =>
        {
            using var writer = new ResultWriter(settings.Read(command), terminal, hasFigure: false);
            var tokenizer = TokenizerReader.Read(FolderOf(command.GetValue(model)!), cancellation);
            foreach (var record in RecordsOf(command.GetValue(text), command.GetValue(pair), command.GetValue(file), cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                var encoding = tokenizer.Encode(record.Text, record.Pair);
                writer.Write(new CommandResult(() => JsonOf(encoding), () => DocumentOf(record, encoding), null));
            }

            writer.Complete();
        });
        return verb;
    }

    private static string FolderOf(string model) => Directory.Exists(model) ? model
        : File.Exists(model) ? Path.GetDirectoryName(Path.GetFullPath(model))!
        : throw new SampleException($"{model} does not exist. Name a model's folder, or an .onnx file.");

    private static IEnumerable<TextRecord> RecordsOf(string? text, string? pair, string? file, CancellationToken cancellation) => (text, file) switch
    {
        (not null, null) => [new TextRecord(0, text, pair)],
        (null, not null) when pair is null => TextRecords.Read(file, cancellation),
        _ => throw new UsageException("Give either --text (and --pair) or a file of texts. Run 'explainlsp tokenize --help' to see what there is."),
    };

    private static string JsonOf(TextEncoding encoding)
    {
        using var json = new JsonLine();
        Numbers(json, "ids", encoding.Ids);
        Numbers(json, "attentionMask", encoding.AttentionMask);
        Numbers(json, "typeIds", encoding.TypeIds);
        json.Texts("tokens", encoding.Tokens);
        json.Writer.WriteStartArray("spans");
        foreach (var span in encoding.Spans)
        {
            if (span is { } place)
            {
                json.Writer.WriteStartArray();
                json.Writer.WriteNumberValue(place.Start);
                json.Writer.WriteNumberValue(place.End);
                json.Writer.WriteEndArray();
            }
            else
            {
                json.Writer.WriteNullValue();
            }
        }

        json.Writer.WriteEndArray();
        return json.Close();
    }

    private static void Numbers(JsonLine json, string name, IEnumerable<int> numbers)
    {
        json.Writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.Writer.WriteNumberValue(number);
        }

        json.Writer.WriteEndArray();
    }

    private static ReportDocument DocumentOf(TextRecord record, TextEncoding encoding) => new(
        Words.OneLine(record.Text),
        [$"{NumberText.Whole(encoding.Ids.Length)} tokens"],
        [
            new ReportTable(
                "",
                [new("Token", false), new("Id", true), new("Type", true), new("Mask", true), new("From", true), new("To", true), new("Text", false)],
                [.. Enumerable.Range(0, encoding.Ids.Length).Select(at => Cells(record, encoding, at))]),
        ],
        [],
        []);

    private static ImmutableArray<string> Cells(TextRecord record, TextEncoding encoding, int at)
    {
        var source = encoding.Sequences[at] == 1 ? record.Pair! : record.Text;
        return
        [
            Words.OneLine(encoding.Tokens[at]), Number(encoding.Ids[at]), Number(encoding.TypeIds[at]), Number(encoding.AttentionMask[at]),
            .. encoding.Spans[at] is { } span
                ? new[] { Number(span.Start), Number(span.End), Words.OneLine(source[span.Start..span.End]) } : ["", "", ""],
        ];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

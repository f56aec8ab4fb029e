using System.Collections.Immutable;
using System.CommandLine;
using ExplainLsp.Models;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp gradient MODEL</c>: the model extended by its derivative, as an ONNX file for anyone.</summary>
internal static class GradientVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "An .onnx file, or a folder that holds one" };
        var output = new Option<string?>("--output") { Description = "What is differentiated; left out, the output that is explained", HelpName = "NAME" };
        var wrt = new Option<string[]>("--wrt")
        {
            Description = "With respect to what: inputs or inner tensors, repeated or separated by commas; left out, the floating point inputs",
            HelpName = "TENSOR",
        };
        var save = new Option<string?>("--save") { Description = "Write the rewritten model to this file", HelpName = "FILE.onnx" };
        var verb = new Command("gradient", "Extend a model by its derivative.") { model, output, wrt, save };
        var settings = new OutputOptions(verb);
        verb.Computes((command, cancellation) =>
        {
            var given = settings.Read(command);
            using var writer = new ResultWriter(given, terminal, hasFigure: false);
            var path = ModelPath.Resolve(command.GetValue(model)!);
            var file = SavePath(command.GetValue(save), path);
            using var session = new EngineSession(given);
            using var lease = session.Engine.Sessions.Rent(path, cancellation);
            var request = new GradientRequest(
                command.GetValue(output) ?? OutputOf(lease.Session), Tensors(command.GetValue(wrt) ?? [], lease.Session));
            var summary = GradientSummary.Of(path, lease.Session, request, file, cancellation);
            writer.Write(new CommandResult(() => GradientJson.Write(summary), () => GradientDocument.Of(summary), null));
            writer.Complete();
        });
        return verb;
    }

    private static string OutputOf(ModelSession session) => session.Outputs is [var first, ..] ? first.Name
        : throw new ModelException($"{session.File.DisplayName} has no output that can be explained. Name one with --output.");

    private static ImmutableArray<string> Tensors(string[] named, ModelSession session)
    {
        // A tensor's name may hold a comma: then it is one name, not two.
        var known = session.Inputs.Select(input => input.Name).ToHashSet();
        ImmutableArray<string> tensors =
        [
            .. named.SelectMany(text => known.Contains(text) ? [text] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Distinct(),
        ];
        if (!tensors.IsEmpty)
        {
            return tensors;
        }

        tensors = [.. session.Inputs.Where(input => input.ElementType == typeof(float) || input.ElementType == typeof(double)).Select(input => input.Name)];
        return !tensors.IsEmpty ? tensors : throw new ModelException(
            $"{session.File.DisplayName} takes no floating point numbers ({string.Join(", ", session.Inputs.Select(input => input.Name))}), so there is no gradient of its inputs. "
            + "Name an inner tensor with --wrt, such as an embedding's output.");
    }

    private static string? SavePath(string? save, string model)
    {
        if (save is null)
        {
            return null;
        }

        if (string.Equals(Path.GetFullPath(save), Path.GetFullPath(model), StringComparison.Ordinal))
        {
            throw new UsageException($"--save {save} is the model itself. Name another file.");
        }

        return Path.GetDirectoryName(Path.GetFullPath(save)) is { } folder && Directory.Exists(folder)
            ? save
            : throw new UsageException($"The folder of --save {save} does not exist. Make it first.");
    }
}

using System.CommandLine;
using ExplainLsp.Models;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp inspect MODEL</c>: inputs, outputs, hierarchy, parameters, warnings.</summary>
internal static class InspectVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "An .onnx file, or a folder that holds one" };
        var verb = new Command("inspect", "Show what a model is made of.") { model };
        var settings = new OutputOptions(verb);
        verb.Computes((command, cancellation) =>
        {
            var given = settings.Read(command);
            using var writer = new ResultWriter(given, terminal, hasFigure: false);
            var path = ModelPath.Resolve(command.GetValue(model)!);
            var inspection = ModelInspection.Of(path, ModelFile.Read(path, cancellation), cancellation);
            writer.Write(new CommandResult(() => ModelInspectionJson.Write(inspection), () => ModelInspectionDocument.Of(inspection), null));
            writer.Complete();
        });
        return verb;
    }
}

using System.Collections.Immutable;
using ExplainLsp.Figures;
using ExplainLsp.Models;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>What is known of a model, in words and tables.</summary>
internal static class ModelInspectionDocument
{
    private static readonly ImmutableArray<ReportColumn> ValueColumns = [new("Name", false), new("Type", false), new("Shape", false)];

    /// <summary>The document.</summary>
    public static ReportDocument Of(ModelInspection inspection)
    {
        var file = inspection.File;
        var opsets = string.Join(", ", file.Opsets.Select(opset => $"{opset.Key} {opset.Value}"));
        return new ReportDocument(
            inspection.Path,
            [
                $"{NumberText.Whole(file.ParameterCount)} parameters · {NumberText.Whole(file.Nodes.Length)} operators · {NumberText.Whole(file.Length)} bytes",
                $"opset {opsets}" + (file.Producer.Length > 0 ? $" · written by {file.Producer}" : ""),
            ],
            [
                new ReportTable("Inputs", ValueColumns, Rows(file.Inputs)),
                new ReportTable("Outputs", ValueColumns, Rows(file.Outputs)),
                new ReportTable(
                    "Can be explained", [new("Output", false), new("Kind", false), new("Width", true), new("Classes", false)],
                    [.. inspection.Explained.Select(output => (ImmutableArray<string>)
                        [output.Name, ModelInspectionJson.KindOf(output.Kind), NumberText.Whole(output.Width), string.Join(", ", output.ClassLabels)])]),
                new ReportTable(
                    "Operators", [new("Operator", false), new("Count", true)],
                    [.. inspection.Operators.Select(entry => (ImmutableArray<string>)[entry.Key, NumberText.Whole(entry.Value)])]),
                .. inspection.Layers.IsEmpty ? [] : new[] { Layers(inspection.Layers) },
                .. inspection.Hierarchy.IsEmpty ? [] : new[] { Hierarchy(inspection.Hierarchy) },
            ],
            inspection.Warnings, [$"SHA-256 {file.Sha256}"]);
    }

    private static ImmutableArray<ImmutableArray<string>> Rows(IEnumerable<ModelValue> values) =>
        [.. values.Select(value => (ImmutableArray<string>)[value.Name, value.Type, value.HasShape ? $"[{string.Join(", ", value.Shape)}]" : "not declared"])];

    private static ReportTable Layers(ImmutableArray<LayerTensor> layers) => new(
        "Layers (--option layer=NAME)", [new("Name", false), new("Operator", false), new("Shape", false)],
        [.. layers.Select(layer => (ImmutableArray<string>)[layer.Name, layer.Operator, $"[{string.Join(", ", ModelInspectionJson.ShapeOf(layer))}]"])]);

    private static ReportTable Hierarchy(ImmutableArray<ModelModule> modules) => new(
        "Hierarchy", [new("Module", false), new("Operators", true)], [.. modules.SelectMany(module => Rows(module, ""))]);

    private static IEnumerable<ImmutableArray<string>> Rows(ModelModule module, string parent)
    {
        var path = $"{parent}{module.Name}";
        return module.Modules.SelectMany(child => Rows(child, path + "/"))
            .Prepend([path, NumberText.Whole(module.Operators)]);
    }
}

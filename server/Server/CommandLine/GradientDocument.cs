using System.Collections.Immutable;
using ExplainLsp.Figures;
using ExplainLsp.Models;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>A rewritten model in words and a table.</summary>
internal static class GradientDocument
{
    /// <summary>The document.</summary>
    public static ReportDocument Of(GradientSummary summary) => new(
        $"Gradient of {Words.OneLine(summary.Request.Output)} in {summary.ModelPath}",
        [
            $"{NumberText.Whole(summary.OperatorsAdded)} operators added · opset {summary.Opset}",
            summary.SavedPath is { } path ? $"Written to {path}" : "Not written; name a file with --save",
        ],
        [
            new ReportTable("", [new("Gradient", false), new("With respect to", false), new("Shape", false)],
                [.. summary.Gradients.Zip(summary.Request.Wrt).Select(pair => (ImmutableArray<string>)[pair.First.Name, pair.Second, Shape(pair.First)])]),
            new ReportTable("", [new("Seed (one weight for each element of the output)", false), new("Shape", false)],
                summary.Seed is { } seed ? [[seed.Name, Shape(seed)]] : []),
        ],
        summary.Warnings, [$"SHA-256 {summary.ModelSha256}"]);

    private static string Shape(ModelValue value) => value.HasShape ? $"[{string.Join(", ", value.Shape)}]" : "not declared";
}

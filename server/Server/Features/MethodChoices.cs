using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features;

/// <summary>The methods for a row, with what each costs on this table.</summary>
internal static class MethodChoices
{
    // Beyond this many columns 2^n coalitions are out of reach, and the number says nothing any more.
    private const int MostColumnsToCount = 40;

    /// <summary>Methods for a row of a table.</summary>
    public static IReadOnlyList<MethodChoice> Of(BoundTable table, IEnumerable<ILocalExplainer> methods) =>
        [.. methods.Select(method => new MethodChoice(method.Id, method.Title, Describe(method, table.Binding.Encoder.Columns.Length)))];

    /// <summary>Methods for a picture.</summary>
    public static IReadOnlyList<MethodChoice> Of(IEnumerable<ILocalExplainer> methods) =>
        [.. methods.Select(method => new MethodChoice(method.Id, method.Title, DescribeForPictures(method)))];

    /// <summary>What a method for pictures shows, and what it costs where that is known.</summary>
    private static string DescribeForPictures(ILocalExplainer method)
    {
        var budget = method.Options.FirstOrDefault(option => option.Key is "evaluations" or "samples" or "steps");
        var cost = budget is { Default: { } amount } ? $": {amount} {budget.Key}" : "";
        return method.Needs switch
        {
            MethodNeeds.FeatureMap => $"A map of a layer's features, enlarged{cost}",
            MethodNeeds.Gradients => $"From the model's gradients{cost}",
            _ => $"By hiding parts of the picture{cost}",
        };
    }

    private static string Describe(ILocalExplainer method, int columns)
    {
        if (method.Id == "exact-shap")
        {
            return columns <= MostColumnsToCount
                ? $"Shapley values, exact: {NumberText.Whole(1L << columns)} coalitions at most"
                : $"Shapley values, exact: too many coalitions of {NumberText.Whole(columns)} columns";
        }

        var budget = method.Options.FirstOrDefault(option => option.Key is "evaluations" or "samples");
        var cost = budget is { Default: { } amount } ? $": {amount} {budget.Key}" : "";
        return method.Id switch
        {
            "kernel-shap" => $"Shapley values, sampled with standard errors{cost}",
            "permutation-shap" => $"Shapley values, from random orders of the columns{cost}",
            "lime" => $"A linear model around the row, with its fit{cost}",
            "occlusion" => $"One column at a time replaced by its average: {NumberText.Whole(columns)} evaluations",
            _ => $"{method.Title}{cost}",
        };
    }
}

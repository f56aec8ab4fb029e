using System.Globalization;
using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers;

/// <summary>
/// Shapley values by antithetic random orders of the features (Štrumbelj and Kononenko 2014; Mitchell et al. 2022), as SHAP's
/// PermutationExplainer. See <see cref="PermutationShapley"/>.
/// </summary>
public sealed class PermutationShap : ShapleyExplainer
{
    private const int DefaultPairs = 10;

    /// <inheritdoc/>
    public override string Id => "permutation-shap";

    /// <inheritdoc/>
    public override string Title => "Permutation SHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", null,
            "Coalitions to evaluate, up to 16,777,216; an order and its reverse take 2 × (varying columns − 1). Ten orders when not given."),
        LinkOption,
    ];

    /// <inheritdoc/>
    protected override IShapleySolver Solver(OptionReader options, int players, int rowsPerCoalition, long seed)
    {
        long perPair = Math.Max(1, PermutationShapley.EvaluationsPerPair(players));
        long evaluations = options.WholeNumber("evaluations", 2 + (DefaultPairs * perPair), 2, MostEvaluations);
        long pairs = (evaluations - 2) / perPair;
        long fewest = 2 + (2 * perPair);
        if (players > 2 && pairs < 2)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"permutation-shap needs two orders of {players} varying columns to know its error, {fewest:N0} evaluations; {evaluations:N0} were given. Set evaluations to {fewest:N0} or more."));
        }
        return new PermutationShapley(players, (int)Math.Max(1, pairs), seed);
    }
}

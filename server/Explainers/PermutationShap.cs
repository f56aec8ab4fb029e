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
    private const long EvaluationsForAnError = 1 << 16;

    /// <summary>An order of n is written down as 2n coalitions of n.</summary>
    private const int MostPlayers = 8000;

    /// <inheritdoc/>
    public override string Id => "permutation-shap";

    /// <inheritdoc/>
    public override string Title => "Permutation SHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", null,
            "Coalitions to evaluate, up to 16,777,216; an order and its reverse take 2 × (varying columns or regions − 1). Ten orders when not given."),
        LinkOption,
        StandardErrorOption,
        .. GridOptions("slic"),
    ];

    /// <inheritdoc/>
    private protected override IShapleySolver Solver(OptionReader options, Players players, long seed)
    {
        if (players.Count > MostPlayers)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"permutation-shap orders up to {MostPlayers:N0} {players.Noun}, and {players.Count:N0} vary here. Give fewer, such as segments=slic:500."));
        }
        long perPair = Math.Max(1, PermutationShapley.EvaluationsPerPair(players.Count));
        double? standardError = StandardError(options);
        long pairsAtMost = standardError is null ? DefaultPairs : Math.Max(DefaultPairs, EvaluationsForAnError / perPair);
        long evaluations = options.WholeNumber("evaluations", 2 + (pairsAtMost * perPair), 2, MostEvaluations);
        long pairs = (evaluations - 2) / perPair;
        long fewest = 2 + (2 * perPair);
        if (players.Count > 2 && pairs < 2)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"permutation-shap needs two orders of {players.Count} varying {players.Noun} to know its error, {fewest:N0} evaluations; {evaluations:N0} were given. Set evaluations to {fewest:N0} or more."));
        }
        return new PermutationShapley(players.Count, (int)Math.Max(1, pairs), seed, standardError);
    }
}

using System.Globalization;
using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers;

/// <summary>
/// KernelSHAP (Lundberg and Lee 2017) with paired sampling without replacement by leverage scores (Musco and Witter 2024); exact when
/// the budget covers all coalitions of the varying features. A fitted proxy takes sampling noise away (<see cref="TripleProxy"/>). See <see cref="KernelShapley"/>.
/// </summary>
public sealed class KernelShap : ShapleyExplainer
{
    private const long DefaultEvaluations = 2048;
    private const long EvaluationsForAnError = 1 << 16;

    /// <summary>Unknowns of the regression: its matrix holds their square.</summary>
    private const int MostPlayers = 3000;

    /// <summary>Bytes that the coalitions drawn may take.</summary>
    private const long MemoryBudget = 128L << 20;

    /// <inheritdoc/>
    public override string Id => "kernel-shap";

    /// <inheritdoc/>
    public override string Title => "KernelSHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", "2048", "Coalitions to evaluate, up to 16,777,216 and at least about four a varying column or region; exact once it covers all."),
        LinkOption,
        StandardErrorOption,
        new("control-variate", "fitted", "fitted: a proxy fitted to the coalitions seen takes noise away, the values stay what they estimate; none: as drawn."),
        .. GridOptions("slic"),
    ];

    /// <inheritdoc/>
    private protected override IShapleySolver Solver(OptionReader options, Players players, long seed)
    {
        if (players.Count > MostPlayers)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"kernel-shap solves for up to {MostPlayers:N0} {players.Noun} at a time, and {players.Count:N0} vary here. Give fewer, or use permutation-shap."));
        }
        long fewest = KernelShapley.FewestEvaluations(players.Count);
        long most = MemoryBudget / KernelShapley.BytesPerPair(players.Count) * 2;
        double? standardError = StandardError(options);
        long budget = standardError is null ? DefaultEvaluations : Math.Min(EvaluationsForAnError, most);
        long evaluations = options.WholeNumber("evaluations", Math.Max(budget, fewest), 2, MostEvaluations);
        bool controlVariate = options.Word("control-variate", "fitted", "fitted", "none") == "fitted";
        if (evaluations < fewest)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"kernel-shap cannot tell {players.Count} varying {players.Noun} apart with {evaluations:N0} evaluations. Set evaluations to {fewest:N0} or more."));
        }
        if (evaluations > most && Math.Pow(2, players.Count) > most)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"kernel-shap with {evaluations:N0} evaluations of {players.Count} varying {players.Noun} would hold more than {MemoryBudget >> 20} MB of coalitions. Set evaluations to {most:N0} or fewer."));
        }
        return new KernelShapley(players.Count, evaluations, seed, standardError, controlVariate);
    }
}

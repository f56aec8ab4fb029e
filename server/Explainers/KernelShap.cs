using System.Globalization;
using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers;

/// <summary>
/// KernelSHAP (Lundberg and Lee 2017) with paired sampling without replacement by leverage scores (Musco and Witter 2024); exact when
/// the budget covers all coalitions of the varying features. See <see cref="KernelShapley"/>.
/// </summary>
public sealed class KernelShap : ShapleyExplainer
{
    private const long DefaultEvaluations = 2048;

    /// <summary>Bytes that the coalitions drawn may take.</summary>
    private const long MemoryBudget = 128L << 20;

    /// <inheritdoc/>
    public override string Id => "kernel-shap";

    /// <inheritdoc/>
    public override string Title => "KernelSHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", "2048", "Coalitions to evaluate, up to 16,777,216 and at least about four a varying column; exact once it covers all."),
        LinkOption,
    ];

    /// <inheritdoc/>
    protected override IShapleySolver Solver(OptionReader options, int players, int rowsPerCoalition, long seed)
    {
        long fewest = KernelShapley.FewestEvaluations(players);
        long evaluations = options.WholeNumber("evaluations", Math.Max(DefaultEvaluations, fewest), 2, MostEvaluations);
        if (evaluations < fewest)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"kernel-shap cannot tell {players} varying columns apart with {evaluations:N0} evaluations. Set evaluations to {fewest:N0} or more."));
        }
        long most = MemoryBudget / KernelShapley.BytesPerPair(players) * 2;
        if (evaluations > most && Math.Pow(2, players) > most)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"kernel-shap with {evaluations:N0} evaluations of {players} varying columns would hold more than {MemoryBudget >> 20} MB of coalitions. Set evaluations to {most:N0} or fewer."));
        }
        return new KernelShapley(players, evaluations, seed);
    }
}

using System.Globalization;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>All methods. A new one is a new file and one line here.</summary>
public static class ExplainerCatalog
{
    /// <summary>Methods for one sample, in the order in which they are offered.</summary>
    public static IReadOnlyList<ILocalExplainer> Local { get; } =
    [
        new ExactShap(),
        new KernelShap(),
        new PermutationShap(),
        new Lime(),
        new Occlusion(),
        new FeatureAblation(),
        new PartitionShap(),
        new TreeShap(),
        new TreeShapInteractions(),
    ];

    /// <summary>Methods for a whole file, in the order in which they are offered.</summary>
    public static IReadOnlyList<IGlobalExplainer> Global { get; } =
    [
        new PermutationImportance(),
        new MeanAbsShap(),
        new PartialDependence(),
        new IndividualConditionalExpectation(),
    ];

    /// <summary>The local method with this id.</summary>
    /// <exception cref="ExplainerException">Unknown, or a global one; lists those there are.</exception>
    public static ILocalExplainer FindLocal(string id) => Local.FirstOrDefault(method => method.Id == id) ?? throw Unknown(
        id, "one row", Local.Select(method => method.Id), Global.Any(method => method.Id == id) ? "a whole file" : null);

    /// <summary>The global method with this id.</summary>
    /// <exception cref="ExplainerException">Unknown, or a local one; lists those there are.</exception>
    public static IGlobalExplainer FindGlobal(string id) => Global.FirstOrDefault(method => method.Id == id) ?? throw Unknown(
        id, "a whole file", Global.Select(method => method.Id), Local.Any(method => method.Id == id) ? "one row" : null);

    /// <summary>
    /// The method a hover uses when the user named none: exact-shap when the model rows of all 2^(varying columns) coalitions (those that
    /// coalitions share counted once) stay within <paramref name="modelRows"/>, else kernel-shap with as many evaluations as fit, and never fewer than tell its columns apart.
    /// </summary>
    public static (ILocalExplainer Method, IReadOnlyDictionary<string, string> Options) Default(Masker masker, long modelRows)
    {
        int players = masker.Varying.Count(varies => varies);
        long evaluations = Math.Min(modelRows / masker.RowsPerCoalition, ShapleyExplainer.MostEvaluations);
        bool exact = SharedRows.AllFit(masker, evaluations);
        if (exact)
            evaluations = Math.Max(evaluations, 1L << players);
        if (!exact)
            evaluations = Math.Max(evaluations, KernelShapley.FewestEvaluations(players));
        return (FindLocal(exact ? "exact-shap" : "kernel-shap"), new Dictionary<string, string>
        {
            ["evaluations"] = evaluations.ToString(CultureInfo.InvariantCulture),
        });
    }

    private static ExplainerException Unknown(string id, string what, IEnumerable<string> there, string? elsewhere)
    {
        string known = string.Join(", ", there);
        return new ExplainerException(elsewhere is null
            ? $"Unknown method {id}. Methods that explain {what}: {known}."
            : $"Method {id} explains {elsewhere}. Methods that explain {what}: {known}.");
    }
}

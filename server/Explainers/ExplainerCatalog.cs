namespace ExplainLsp.Explainers;

/// <summary>All methods. A new one is a new file and one line here.</summary>
public static class ExplainerCatalog
{
    /// <summary>Methods for one sample, in the order in which they are offered.</summary>
    public static IReadOnlyList<ILocalExplainer> Local { get; } = [];

    /// <summary>Methods for a whole file, in the order in which they are offered.</summary>
    public static IReadOnlyList<IGlobalExplainer> Global { get; } = [];

    /// <summary>The local method with this id.</summary>
    /// <exception cref="ExplainerException">Unknown, or a global one; lists those there are.</exception>
    public static ILocalExplainer FindLocal(string id) => throw new NotImplementedException(id);

    /// <summary>The global method with this id.</summary>
    /// <exception cref="ExplainerException">Unknown, or a local one; lists those there are.</exception>
    public static IGlobalExplainer FindGlobal(string id) => throw new NotImplementedException(id);

    /// <summary>
    /// The method a hover uses when the user named none: exact-shap when 2^(varying columns) coalitions × background rows stay within
    /// <paramref name="modelRows"/>, else kernel-shap with as many evaluations as fit.
    /// </summary>
    public static (ILocalExplainer Method, IReadOnlyDictionary<string, string> Options) Default(ExplainLsp.Samples.Masker masker, long modelRows) =>
        throw new NotImplementedException($"{masker} {modelRows}");
}

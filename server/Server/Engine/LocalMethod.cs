using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>A method by id, for a kind of sample.</summary>
internal static class LocalMethod
{
    /// <summary>The methods that explain a kind of sample, in the order in which they are offered.</summary>
    public static IEnumerable<ILocalExplainer> For(SampleKinds kind) => ExplainerCatalog.Local.Where(method => method.Kinds.HasFlag(kind));

    /// <summary>The method with this id.</summary>
    /// <exception cref="ExplainerException">Unknown, or it explains another kind of sample; lists those that explain this one.</exception>
    public static ILocalExplainer Find(string id, SampleKinds kind)
    {
        var method = ExplainerCatalog.FindLocal(id);
        return method.Kinds.HasFlag(kind) ? method : throw new ExplainerException(
            $"{method.Title} explains {Words(method.Kinds)}, not {Words(kind)}. Methods for {Words(kind)}: {string.Join(", ", For(kind).Select(each => each.Id))}.");
    }

    private static string Words(SampleKinds kind) => kind == SampleKinds.Rows ? "rows of tables" : "images and tensors";
}

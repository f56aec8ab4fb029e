namespace ExplainLsp.Server.Features.Panels;

/// <summary>The ways to look at a model on a whole file.</summary>
internal static class GlobalViews
{
    /// <summary>All of them, in the order of the toolbar.</summary>
    public static IReadOnlyList<GlobalView> All { get; } = [new ImportanceView(), new CurveView(), new PerformanceView(), new CalibrationView()];

    /// <summary>Those that can show a table.</summary>
    public static IEnumerable<GlobalView> Of(BoundTable table) => All.Where(view => view.Shows(table));

    /// <summary>The view that is asked for and a method that it shows: what is not asked for is chosen to fit the rest.</summary>
    /// <param name="table">The table.</param>
    /// <param name="view">A view's name; null or unknown for the first that shows the method.</param>
    /// <param name="method">A method's id; null, or one that the view does not show, for the view's usual one.</param>
    public static (GlobalView View, string Method) Choose(BoundTable table, string? view, string? method)
    {
        var chosen = Of(table).FirstOrDefault(candidate => candidate.Id == view)
            ?? Of(table).FirstOrDefault(candidate => method is not null && candidate.Methods.Contains(method));
        // A method that no view knows is refused by the engine, in words.
        return chosen is null && method is not null ? (All[0], method)
            : (chosen ?? All[0], method is not null && chosen!.Methods.Contains(method) ? method : UsualOf(chosen ?? All[0], table));
    }

    private static string UsualOf(GlobalView view, BoundTable table) =>
        view.Methods[0] == "permutation-importance" && table.Binding.TargetColumn is null ? "mean-abs-shap" : view.Methods[0];
}

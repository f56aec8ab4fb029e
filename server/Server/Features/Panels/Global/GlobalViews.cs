namespace ExplainLsp.Server.Features.Panels;

/// <summary>The ways to look at a model on a whole file.</summary>
internal static class GlobalViews
{
    private static readonly ImportanceView Importance = new();

    /// <summary>All of them, in the order of the toolbar.</summary>
    public static IReadOnlyList<GlobalView> All { get; } =
    [
        new BeeswarmView(),
        Importance,
        new DependenceView(),
        new DecisionView(),
        new RowMapView(),
        new CurveView(),
        new InteractionsView(),
        new PerformanceView(),
        new CalibrationView(),
    ];

    /// <summary>Those that can show a table.</summary>
    public static IEnumerable<GlobalView> Of(BoundTable table) => All.Where(view => view.Shows(table));

    /// <summary>The view that is asked for and a method that it shows: what is not asked for is chosen to fit the rest.</summary>
    /// <param name="table">The table.</param>
    /// <param name="view">A view's name; null or unknown for the first that shows the method.</param>
    /// <param name="method">A method's id; null, or one that the view does not show, for the view's usual one.</param>
    public static (GlobalView View, string Method) Choose(BoundTable table, string? view, string? method)
    {
        var asked = Of(table).FirstOrDefault(candidate => candidate.Id == view);
        if (asked is null && method is not null)
        {
            // A method that no view shows is refused by the engine, in words.
            return (Of(table).FirstOrDefault(candidate => candidate.Methods.Contains(method)) ?? Importance, method);
        }

        var chosen = asked ?? Importance;
        return (chosen, method is not null && chosen.Methods.Contains(method) ? method : chosen.UsualMethod(table));
    }
}

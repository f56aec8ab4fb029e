using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>Looks for the model that explains a file when nobody named one: the nearest folder in which exactly one fits decides.</summary>
/// <param name="modelsByDistance">Full paths of the models, by steps from the file's folder, nearest first.</param>
internal sealed class NearestModel(IEnumerable<IGrouping<int, string>> modelsByDistance)
{
    // Models that are opened at most to find the one that fits.
    private const int MostModelsTried = 50;

    /// <summary>How many models were opened.</summary>
    public int Tried { get; private set; }

    /// <summary>Why the first one that does not fit does not; null when there was none.</summary>
    public string? Misfit { get; private set; }

    /// <summary>The one that fits, the several of one distance to choose from, or null when none fits.</summary>
    /// <param name="bind">Binds the file to a model; null for one that does not count.</param>
    /// <param name="isSure">Whether a binding goes before those that are not sure.</param>
    /// <param name="question">What is asked when several fit, their number given.</param>
    /// <param name="cancellation">Honoured between models.</param>
    public BindingResult<TBinding>? Find<TBinding>(
        Func<string, TBinding?> bind, Func<TBinding, bool> isSure, Func<int, string> question, CancellationToken cancellation)
        where TBinding : ModelBinding
    {
        foreach (var group in modelsByDistance)
        {
            var fits = Fitting(group, bind, cancellation);
            var sure = fits.FindAll(fit => isSure(fit));
            if ((sure.Count > 0 ? sure : fits) is [var only])
                return new BindingResult<TBinding>(only, [], only.Reason);
            if (fits.Count > 0)
                return new BindingResult<TBinding>(null, [.. fits.OrderByDescending(isSure).Select(fit => fit.ModelPath)], question(fits.Count));
        }
        return null;
    }

    private List<TBinding> Fitting<TBinding>(IEnumerable<string> paths, Func<string, TBinding?> bind, CancellationToken cancellation)
        where TBinding : ModelBinding
    {
        var fits = new List<TBinding>();
        foreach (var path in paths.TakeWhile(_ => Tried++ < MostModelsTried))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (bind(path) is { } fit)
                    fits.Add(fit);
            }
            catch (Exception e) when (e is ModelException or SampleException or ManifestException)
            {
                Misfit ??= $"{Path.GetFileName(path)}: {e.Message}";
            }
        }
        return fits;
    }
}

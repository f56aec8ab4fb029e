using System.Globalization;
using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Explainers.Trees;
using ExplainLsp.Models;
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
        new Anchors(),
        new Counterfactuals(),
        new NearestExamples(),
        new Occlusion(),
        new FeatureAblation(),
        new BreakDown(),
        new CeterisParibus(),
        new PartitionShap(),
        new Rise(),
        new TreeShap(),
        new TreeShapInteractions(),
        new LinearShap(),
        new IntegratedGradients(),
        new DeepLift(),
        new DeepLiftShap(),
        new GradientShap(),
        new InputXGradient(),
        new Saliency(),
        new SmoothGrad(),
        new Lrp(),
        new HiResCam(),
        new GradCam(),
        new GradCamPlusPlus(),
        new LayerCam(),
        new ScoreCam(),
        new GuidedGradCam(),
        new GuidedBackprop(),
        new Deconvolution(),
        new LayerActivation(),
        new LayerConductance(),
        new InternalInfluence(),
    ];

    /// <summary>Methods for a whole file, in the order in which they are offered.</summary>
    public static IReadOnlyList<IGlobalExplainer> Global { get; } =
    [
        new PermutationImportance(),
        new MeanAbsShap(),
        new SubmodularPick(),
        new PartialDependence(),
        new IndividualConditionalExpectation(),
        new AccumulatedLocalEffects(),
        new InteractionStatistic(),
        new ModelPerformance(),
        new DropColumn(),
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

    /// <summary>The methods that work for a kind of sample and a model, in the order in which they are offered: those by gradients, trees or coefficients only where the model has them.</summary>
    /// <param name="kind">Rows, or grids.</param>
    /// <param name="session">The model.</param>
    /// <param name="output">The output that is explained.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public static IReadOnlyList<ILocalExplainer> LocalFor(SampleKinds kind, ModelSession session, SessionOutput output, CancellationToken cancellation)
    {
        MethodNeeds most = GradientCapability.Of(session, output, cancellation);
        bool trees = TreeQuestion.TreesOf(session, cancellation) is not null;
        bool linear = kind == SampleKinds.Rows && LinearModel.Of(session.File, output.Name) is { Pipeline.IsPerColumn: true };
        return [.. Local.Where(method => method.Kinds.HasFlag(kind) && method.Needs switch
        {
            MethodNeeds.Trees => trees,
            MethodNeeds.Linear => linear,
            var needs => needs <= most,
        })];
    }

    /// <summary>The method for an image or a tensor when the user named none: hires-cam where the model has a feature map, else integrated-gradients where it has gradients, else occlusion.</summary>
    public static ILocalExplainer DefaultForGrid(ModelSession session, SessionOutput output, CancellationToken cancellation) =>
        FindLocal(GradientCapability.Of(session, output, cancellation) switch
        {
            MethodNeeds.FeatureMap => "hires-cam",
            MethodNeeds.Gradients => "integrated-gradients",
            _ => "occlusion",
        });

    private static ExplainerException Unknown(string id, string what, IEnumerable<string> there, string? elsewhere)
    {
        string known = string.Join(", ", there);
        return new ExplainerException(elsewhere is null
            ? $"Unknown method {id}. Methods that explain {what}: {known}."
            : $"Method {id} explains {elsewhere}. Methods that explain {what}: {known}.");
    }
}

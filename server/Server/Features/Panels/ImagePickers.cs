using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Models;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What can be chosen in a picture's panel: what of it depends on the model alone, asked once a panel.</summary>
/// <param name="Binding">The model.</param>
/// <param name="Methods">The methods that work for it.</param>
/// <param name="Layers">Its inner tensors.</param>
internal sealed record ImagePickers(GridBinding Binding, IReadOnlyList<ILocalExplainer> Methods, ImmutableArray<LayerTensor> Layers)
{
    // Rank of a tensor that is a map over the picture: batch, channels, height, width, in some order.
    private const int MapRank = 4;

    private static readonly (string Value, string Text)[] Baselines =
        [("zero", "zero baseline"), ("mean", "mean colour"), ("blur", "blurred picture"), ("black", "black"), ("white", "white")];

    /// <summary>Looks at the model.</summary>
    public static ImagePickers For(ExplanationEngine engine, GridBinding binding, CancellationToken cancellation)
    {
        using var lease = engine.Sessions.Rent(binding.ModelPath, cancellation);
        return new ImagePickers(
            binding, ExplainerCatalog.LocalFor(SampleKinds.Grids, lease.Session, binding.Output, cancellation), LayersOf(lease.Session, cancellation));
    }

    /// <summary>The toolbar, with what is in force.</summary>
    /// <param name="report">The first explanation.</param>
    /// <param name="second">The one beside it; null for none.</param>
    public PanelPickers Of(ExplanationReport report, ExplanationReport? second)
    {
        var explanation = report.Explanation;
        var method = Methods.FirstOrDefault(method => method.Id == explanation.Method);
        var names = report.Prediction!.Names;
        var predicted = report.Prediction.IsClassifier ? report.Prediction.Index : (int?)null;
        var target = explanation.Target.Index;
        var other = second is not null && second.Explanation.Target.Index != target ? second.Explanation.Target.Index : (int?)null;
        var otherMethod = second is not null && other is null ? second.Explanation.Method : null;
        return new PanelPickers(
            names.Length < 2 ? [] : [.. names.Select((name, index) => Choice(index, Words.OneLine(name) + (index == predicted ? " (predicted)" : ""), index == target))],
            [.. Methods.Select(known => new PanelChoice(known.Id, known.Title, known.Id == explanation.Method))],
            Spaces(explanation),
            [],
            explanation.Options.TryGetValue("evaluations", out var evaluations)
                ? new PanelNumber(Convert.ToInt64(evaluations, CultureInfo.InvariantCulture), 2, 1 << 20)
                : null,
            [])
        {
            Others = !report.Prediction.IsClassifier || names.Length < 2 ? null :
            [
                new PanelChoice("", "any other", other is null),
                .. names.Select((name, index) => Choice(index, Words.OneLine(name), index == other)).Where((_, index) => index != target),
            ],
            OtherMethods =
            [
                new PanelChoice("", "no other method", otherMethod is null),
                .. Methods.Where(known => known.Id != explanation.Method).Select(known => new PanelChoice(known.Id, known.Title, known.Id == otherMethod)),
            ],
            Layers = Knows(method, "layer") ? LayerChoices(method!, explanation) : null,
            Baselines = Knows(method, "baseline") ? BaselineChoices(explanation) : null,
        };
    }

    private static bool Knows(ILocalExplainer? method, string option) => method?.Options.Any(known => known.Key == option) == true;

    private static PanelChoice Choice(int index, string text, bool selected) => new(index.ToString(CultureInfo.InvariantCulture), text, selected);

    private IReadOnlyList<PanelChoice> Spaces(Explanation explanation)
    {
        if (Binding.Output.Kind == OutputKind.Value)
        {
            return [];
        }

        var inProbability = explanation.Target.Space == TargetSpace.Probability;
        var raw = Binding.Output.Kind == OutputKind.Probabilities ? "log-odds" : "logit";
        return [new PanelChoice("probability", "probability", inProbability), new PanelChoice("raw", raw, !inProbability)];
    }

    private IReadOnlyList<PanelChoice> LayerChoices(ILocalExplainer method, Explanation explanation)
    {
        var inForce = explanation.Options.TryGetValue("layer", out var chosen) ? chosen as string : null;
        var maps = Layers.Where(layer => layer.Shape.Length == MapRank || layer.Name == inForce || method.Needs != MethodNeeds.FeatureMap);
        PanelChoice[] none = method.Needs == MethodNeeds.FeatureMap ? [] : [new PanelChoice("", "the input", inForce is null)];
        return [.. none, .. maps.Select(layer => new PanelChoice(layer.Name, LayerText(layer), layer.Name == inForce))];
    }

    /// <summary>"conv2/Relu 32 × 14 × 14": a layer's name, cut in the middle, and what it holds.</summary>
    private static string LayerText(LayerTensor layer)
    {
        const int longest = 32;
        var shape = layer.Shape.Skip(1).All(size => size > 0) ? $" {string.Join(" × ", layer.Shape.Skip(1))}" : "";
        return NumberText.Cut(Words.OneLine(layer.Node.Length > 0 ? layer.Node : layer.Name), longest) + shape;
    }

    private static IReadOnlyList<PanelChoice> BaselineChoices(Explanation explanation)
    {
        var inForce = explanation.Options.TryGetValue("baseline", out var chosen)
            ? Convert.ToString(chosen, CultureInfo.InvariantCulture) ?? "zero"
            : "zero";
        IEnumerable<(string Value, string Text)> offered = Baselines.Any(baseline => baseline.Value == inForce) ? Baselines : [.. Baselines, (inForce, Words.OneLine(inForce))];
        return [.. offered.Select(baseline => new PanelChoice(baseline.Value, baseline.Text, baseline.Value == inForce))];
    }

    private static ImmutableArray<LayerTensor> LayersOf(ModelSession session, CancellationToken cancellation)
    {
        const int smallestMap = 2;
        try
        {
            return [.. session.Layers(cancellation).Where(layer =>
                layer.ElementType is "float" or "double" or "float16" && layer.Shape.Length > smallestMap)];
        }
        catch (ModelException)
        {
            // A model whose inner shapes cannot be found is still explained by its inputs.
            return [];
        }
    }
}

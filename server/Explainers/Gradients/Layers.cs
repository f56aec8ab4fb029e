using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>Inner tensors as people name them: by the tensor's name, or by a part of it that says which module is meant.</summary>
internal static class Layers
{
    private const int MostNamed = 6;

    /// <summary>The option of methods that explain inputs unless a layer is named.</summary>
    public static ExplainerOption Option { get; } = new(
        "layer", null, "An inner tensor to attribute to instead of the input: its name, or the part that names its module (features.8).");

    /// <summary>The option of methods that always explain a layer.</summary>
    public static ExplainerOption MapOption { get; } = new(
        "layer", null, "The inner tensor: its name, or the part that names its module (features.8). The last feature map when not given.");

    /// <summary>The layer that the user named; null when none.</summary>
    /// <exception cref="ExplainerException">There is no such tensor.</exception>
    public static string? Chosen(GradientRun run, OptionReader options)
    {
        if (!options.Has("layer"))
            return null;
        string name = Resolve(run.Predictor.Session, options.Text("layer", ""), run.Cancellation).Name;
        options.Remember("layer", name);
        return name;
    }

    /// <summary>
    /// The tensor that a name means: its own name; else the last tensor of the module of that name (a whole part between slashes); else the
    /// last one whose name, or whose node's name, contains it.
    /// </summary>
    /// <exception cref="ExplainerException">There is no such tensor.</exception>
    public static LayerTensor Resolve(ModelSession session, string name, CancellationToken cancellation)
    {
        ImmutableArray<LayerTensor> layers = session.Layers(cancellation);
        string wanted = name.Trim();
        return layers.FirstOrDefault(layer => layer.Name == wanted)
            ?? Last(layer => Parts(layer.Name).Concat(Parts(layer.Node)).Contains(wanted))
            ?? Last(layer => layer.Name.Contains(wanted, StringComparison.Ordinal) || layer.Node.Contains(wanted, StringComparison.Ordinal))
            ?? throw Unknown(session, wanted, layers);

        LayerTensor? Last(Func<LayerTensor, bool> matches) => wanted.Length == 0 ? null : layers.LastOrDefault(layer => IsFloat(layer) && matches(layer));
    }

    /// <summary>Whether a tensor holds floating point numbers, as far as is known.</summary>
    public static bool IsFloat(LayerTensor layer) => layer.ElementType is "float" or "double" or "float16" or "bfloat16" or "";

    /// <summary>Elements of one row; 0 where it is not known.</summary>
    public static int RowElements(LayerTensor layer)
    {
        long elements = layer.Shape.Length < 2 ? 0 : 1;
        foreach (int size in layer.Shape.Skip(1))
            elements = size < 1 ? 0 : Math.Min(elements * size, int.MaxValue);
        return (int)elements;
    }

    private static string[] Parts(string name) => name.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static ExplainerException Unknown(ModelSession session, string name, ImmutableArray<LayerTensor> layers)
    {
        string[] maps = [.. layers.Where(layer => IsFloat(layer) && layer.Shape.Length >= 2).Select(layer => layer.Name).TakeLast(MostNamed)];
        return new ExplainerException(
            $"{session.File.DisplayName} has no inner tensor called \"{name}\". Its last ones are {string.Join(", ", maps)}. Name one of them, or one that inspect lists.");
    }
}

using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>
/// What is asked of a model's derivative: a predictor's target, on the scale that is explained, with respect to the inputs or to an inner
/// tensor, at any number of points. Counts the passes. Not safe for use from several threads.
/// </summary>
internal sealed class GradientQuestion(Predictor predictor, InputPoint point, CancellationToken cancellation)
{
    // Numbers that the arrays of one call may hold; the gradient model cuts a call into smaller blocks where activations need it.
    private const int NumbersPerRun = 1 << 21;
    private const int MostRowsPerRun = 256;

    private readonly HashSet<string> warnings = new(StringComparer.Ordinal);
    private readonly string output = TensorOf(predictor);

    /// <summary>The model and the target.</summary>
    public Predictor Predictor => predictor;

    /// <summary>The sample.</summary>
    public InputPoint Point => point;

    /// <summary>The token of the explanation.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The tensor that is differentiated.</summary>
    public string Output => output;

    /// <summary>Forward and backward passes so far, one a row.</summary>
    public long Passes { get; private set; }

    /// <summary>What the gradient models used so far have to say.</summary>
    public IReadOnlyCollection<string> Warnings => warnings;

    /// <summary>Rows that one call takes when each is so many numbers.</summary>
    public static int RowsPerRun(int numbers) => Math.Clamp(NumbersPerRun / Math.Max(1, numbers), 1, MostRowsPerRun);

    /// <summary>Rows of the first call, when someone waits for a first picture: one when each is large.</summary>
    public static int FirstRows(int numbers) => Math.Clamp(NumbersPerRun / 16 / Math.Max(1, numbers), 1, 8);

    /// <summary>The request for a target, with respect to some tensors.</summary>
    public static GradientRequest Request(Predictor predictor, ImmutableArray<string> wrt) => new(TensorOf(predictor), wrt) { Tail = TailOf(predictor) };

    /// <summary>Gradients with respect to all inputs.</summary>
    /// <param name="rules">The backward rules.</param>
    /// <param name="points">Rows of points.</param>
    /// <param name="rows">How many.</param>
    /// <param name="references">DeepLIFT only: a reference a row.</param>
    public InputGradients OfInputs(BackwardRules rules, ReadOnlySpan<double> points, int rows, double[]? references = null)
    {
        GradientBatch batch = Run(
            Request(predictor, point.Names) with { Rules = rules }, points, rows, [], references is null ? null : point.ToTensors(references, rows), out double[] scores);
        double[] gradients = new double[rows * point.Elements];
        for (int input = 0; input < batch.Gradients.Length; input++)
        {
            float[] from = batch.Gradients[input].Data;
            int width = batch.Gradients[input].RowShape.Aggregate(1, (product, size) => product * size);
            for (int row = 0; row < rows; row++)
            {
                Span<double> into = gradients.AsSpan((row * point.Elements) + point.Offset(input), width);
                for (int i = 0; i < width; i++)
                    into[i] = from[(row * width) + i];
            }
        }
        return new InputGradients(scores, Checked(gradients, point.Name));
    }

    /// <summary>Gradients with respect to an inner tensor, and its activations.</summary>
    public LayerGradients OfLayer(string layer, ReadOnlySpan<double> points, int rows)
    {
        GradientBatch batch = Run(Request(predictor, [layer]) with { Fetch = [layer] }, points, rows, [], null, out double[] scores);
        TensorBatch gradient = batch.Gradients[0];
        return new LayerGradients(scores, Checked(ToDoubles(gradient.Data), layer), ToDoubles(batch.Activations[0].Data), gradient.RowShape);
    }

    /// <summary>Gradients with respect to several inner tensors at the sample.</summary>
    public ImmutableArray<TensorBatch> OfLayers(ImmutableArray<string> layers) =>
        Run(Request(predictor, layers), point.Values, 1, [], null, out _).Gradients;

    /// <summary>Gradients with respect to an inner tensor that is given instead of computed, the inputs being the sample's.</summary>
    /// <param name="layer">The tensor.</param>
    /// <param name="activations">Its rows.</param>
    /// <param name="rowShape">The shape of one.</param>
    public InputGradients OfFedLayer(string layer, ReadOnlySpan<double> activations, ImmutableArray<int> rowShape)
    {
        int width = rowShape.Aggregate(1, (product, size) => product * size);
        int rows = activations.Length / width;
        float[] fed = new float[activations.Length];
        for (int i = 0; i < fed.Length; i++)
            fed[i] = (float)activations[i];
        double[] points = new double[rows * point.Elements];
        for (int row = 0; row < rows; row++)
            point.Values.CopyTo(points, row * point.Elements);
        GradientBatch batch = Run(
            Request(predictor, [layer]) with { Feed = [layer] }, points, rows, [new ModelTensor(layer, fed, rowShape)], null, out double[] scores);
        return new InputGradients(scores, Checked(ToDoubles(batch.Gradients[0].Data), layer));
    }

    private GradientBatch Run(
        GradientRequest request, ReadOnlySpan<double> points, int rows, ReadOnlySpan<ModelTensor> fed, ModelTensor[]? references, out double[] scores)
    {
        cancellation.ThrowIfCancellationRequested();
        GradientModel model = predictor.Session.Gradient(request, cancellation);
        warnings.UnionWith(model.Warnings);
        // One probability p is unfolded into 1 − p and p: the model has one column where the predictor has two.
        bool unfolded = model.Width == 1 && predictor.Output.Width == 2;
        int element = unfolded ? 0 : predictor.Target.Index;
        float sign = unfolded && predictor.Target.Index == 0 ? -1 : 1;
        float[] seed = new float[rows * model.Width];
        for (int row = 0; row < rows; row++)
            seed[(row * model.Width) + element] = sign;
        GradientBatch batch = model.Run([.. point.ToTensors(points, rows), .. fed], rows, seed, references, cancellation);
        Passes += rows;
        scores = new double[rows];
        double offset = sign < 0 && request.Tail == ScoreTail.None ? 1 : 0;
        for (int row = 0; row < rows; row++)
            scores[row] = offset + (sign * batch.Scores[(row * model.Width) + element]);
        return batch;
    }

    private double[] Checked(double[] gradients, string tensor)
    {
        foreach (double gradient in gradients)
        {
            if (!double.IsFinite(gradient))
            {
                throw new ModelRunException(
                    $"The gradient of {predictor.Output.Name} with respect to {tensor} is not finite at this sample. Check its values, or use a method without gradients (occlusion).");
            }
        }
        return gradients;
    }

    private static double[] ToDoubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static ScoreTail TailOf(Predictor predictor) => (predictor.Output.Kind, predictor.Target.Space) switch
    {
        (OutputKind.Logits, TargetSpace.Probability) => ScoreTail.Softmax,
        (OutputKind.Probabilities, TargetSpace.Raw) => ScoreTail.LogOdds,
        _ => ScoreTail.None,
    };

    /// <summary>The tensor behind a predictor's output.</summary>
    // A ZipMap hands on what it reads; it has no gradient of its own.
    public static string TensorOf(Predictor predictor)
    {
        string name = predictor.Output.Name;
        return predictor.Session.File.Nodes.FirstOrDefault(node => node.Outputs.Contains(name)) is { Operator: "ZipMap", Inputs: [var scores, ..] } ? scores : name;
    }
}

/// <summary>Gradients of rows with respect to what was asked.</summary>
/// <param name="Scores">The target's value of each row.</param>
/// <param name="Values">Row-major.</param>
internal sealed record InputGradients(double[] Scores, double[] Values);

/// <summary>Gradients of rows with respect to an inner tensor.</summary>
/// <param name="Scores">The target's value of each row.</param>
/// <param name="Values">Row-major.</param>
/// <param name="Activations">The tensor itself, row-major.</param>
/// <param name="RowShape">The shape of one row.</param>
internal sealed record LayerGradients(double[] Scores, double[] Values, double[] Activations, ImmutableArray<int> RowShape);

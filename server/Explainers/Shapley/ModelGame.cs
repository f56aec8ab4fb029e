using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>How a coalition's mean prediction becomes its value.</summary>
public enum Link
{
    /// <summary>As it is.</summary>
    Identity,

    /// <summary>The log-odds of the mean probability, as SHAP's KernelExplainer with <c>link="logit"</c>.</summary>
    Logit,
}

/// <summary>
/// The game that a model plays over a sample's varying features: the value of a coalition is the mean prediction over the rows that the
/// masker makes of it. Features that no background row differs in are always present; they are dummies. Runs in batches within a memory
/// budget, in one set of buffers. Not safe for use from several threads.
/// </summary>
public sealed class ModelGame : ICoalitionGame
{
    /// <summary>Bytes of model input and scores held at a time.</summary>
    public const long DefaultMemoryBudget = 32L << 20;

    // Enough rows to hide the cost of a call, few enough that a cancelled one is over at once.
    private const int RowsPerRun = 8192;

    private readonly Predictor predictor;
    private readonly Masker masker;
    private readonly Link link;
    private readonly Action<long>? evaluated;
    private readonly int[] varying;
    private readonly int perRun;
    private readonly InputBatch batch;
    private readonly bool[] coalitionBuffer;
    private readonly double[] predictions;

    /// <summary>A game.</summary>
    /// <param name="predictor">The model and the target.</param>
    /// <param name="masker">What stands in for absent features.</param>
    /// <param name="link">How mean predictions become values.</param>
    /// <param name="evaluated">Told how many coalitions have been evaluated so far; null for nobody.</param>
    /// <param name="memoryBudget">Bytes of model input and scores held at a time; one coalition is the least.</param>
    public ModelGame(
        Predictor predictor, Masker masker, Link link = Link.Identity, Action<long>? evaluated = null,
        long memoryBudget = DefaultMemoryBudget)
    {
        this.predictor = predictor;
        this.masker = masker;
        this.link = link;
        this.evaluated = evaluated;
        varying = [.. Enumerable.Range(0, masker.Features.Count).Where(i => masker.Varying[i])];
        long bytesPerRow = masker.BytesPerRow + ((1L + predictor.Output.Width) * sizeof(double));
        long rows = Math.Min(RowsPerRun, memoryBudget / bytesPerRow);
        perRun = (int)Math.Max(1, rows / masker.RowsPerCoalition);
        batch = masker.Allocate(perRun);
        coalitionBuffer = new bool[perRun * masker.Features.Count];
        coalitionBuffer.AsSpan().Fill(true);
        predictions = new double[perRun * masker.RowsPerCoalition];
    }

    /// <summary>The features that are players, by their number in the sample.</summary>
    public IReadOnlyList<int> Varying => varying;

    /// <inheritdoc/>
    public int Players => varying.Length;

    /// <summary>Coalitions evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<bool> coalitions, Span<double> values, CancellationToken cancellation)
    {
        for (int start = 0; start < values.Length; start += perRun)
        {
            int count = Math.Min(perRun, values.Length - start);
            Run(coalitions.Slice(start * Players, count * Players), values.Slice(start, count), cancellation);
            Evaluations += count;
            evaluated?.Invoke(Evaluations);
        }
    }

    private void Run(ReadOnlySpan<bool> coalitions, Span<double> values, CancellationToken cancellation)
    {
        int features = masker.Features.Count;
        for (int i = 0; i < values.Length; i++)
        {
            for (int player = 0; player < varying.Length; player++)
                coalitionBuffer[(i * features) + varying[player]] = coalitions[(i * varying.Length) + player];
        }
        masker.Fill(coalitionBuffer.AsSpan(0, values.Length * features), batch);
        predictor.Predict(batch, predictions, cancellation);

        int rows = masker.RowsPerCoalition;
        for (int i = 0; i < values.Length; i++)
        {
            // In the order of the background's rows, whatever the batch: the same bits every time.
            double sum = 0;
            foreach (double prediction in predictions.AsSpan(i * rows, rows))
                sum += prediction;
            double mean = sum / rows;
            values[i] = link == Link.Logit ? Predictor.LogOdds(mean, out _) : mean;
        }
    }
}

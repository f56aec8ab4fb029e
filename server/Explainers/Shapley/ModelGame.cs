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
/// budget, in one set of buffers; rows that coalitions share run once. Not safe for use from several threads.
/// </summary>
public sealed class ModelGame : ICoalitionGame
{
    /// <summary>Bytes of model input and scores held at a time.</summary>
    public const long DefaultMemoryBudget = 32L << 20;

    /// <summary>Bytes held at a time of images and tensors, whose rows take long: progress is seen soon.</summary>
    public const long GridMemoryBudget = 8L << 20;

    // Enough rows to hide the cost of a call, few enough that a cancelled one is over at once.
    private const int RowsPerRun = 8192;
    private const int GridRowsPerRun = 512;

    private readonly Predictor predictor;
    private readonly Masker masker;
    private readonly Link link;
    private readonly Action<long>? evaluated;
    private readonly int[] varying;
    private readonly int perRun;
    private readonly InputBatch batch;
    private readonly bool[] coalitionBuffer;
    private readonly double[] predictions;
    private readonly SharedRows? shared;
    private readonly List<int> newPlaces = [];
    private readonly int[] newBackgroundRows;

    /// <summary>A game.</summary>
    /// <param name="predictor">The model and the target.</param>
    /// <param name="masker">What stands in for absent features.</param>
    /// <param name="link">How mean predictions become values.</param>
    /// <param name="evaluated">Told how many coalitions have been evaluated so far; null for nobody.</param>
    /// <param name="memoryBudget">Bytes of model input and scores held at a time; one coalition is the least.</param>
    /// <param name="everyFeature">Whether dummies are players too, as for surrogates that give each feature a coefficient.</param>
    public ModelGame(
        Predictor predictor, Masker masker, Link link = Link.Identity, Action<long>? evaluated = null,
        long memoryBudget = DefaultMemoryBudget, bool everyFeature = false)
    {
        this.predictor = predictor;
        this.masker = masker;
        this.link = link;
        this.evaluated = evaluated;
        varying = [.. Enumerable.Range(0, masker.Features.Count).Where(i => everyFeature || masker.Varying[i])];
        long bytesPerRow = masker.BytesPerRow + ((1L + predictor.Output.Width) * sizeof(double));
        long rows = Math.Min(masker is SegmentMasker ? GridRowsPerRun : RowsPerRun, memoryBudget / bytesPerRow);
        perRun = (int)Math.Max(1, rows / masker.RowsPerCoalition);
        batch = masker.Allocate(perRun);
        predictions = new double[perRun * masker.RowsPerCoalition];
        shared = SharedRows.Of(masker, varying);
        newBackgroundRows = new int[shared is null ? 0 : predictions.Length];
        coalitionBuffer = new bool[(shared is null ? perRun : predictions.Length) * masker.Features.Count];
        coalitionBuffer.AsSpan().Fill(true);
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
            if (shared is null)
                Run(coalitions.Slice(start * Players, count * Players), values.Slice(start, count), cancellation);
            else
                RunShared(shared, coalitions.Slice(start * Players, count * Players), values.Slice(start, count), cancellation);
            Evaluations += count;
            evaluated?.Invoke(Evaluations);
        }
    }

    private void Run(ReadOnlySpan<bool> coalitions, Span<double> values, CancellationToken cancellation)
    {
        int features = masker.Features.Count;
        for (int i = 0; i < values.Length; i++)
            Spread(coalitions.Slice(i * varying.Length, varying.Length), i);
        masker.Fill(coalitionBuffer.AsSpan(0, values.Length * features), batch);
        predictor.Predict(batch, predictions, cancellation);

        int rows = masker.RowsPerCoalition;
        for (int i = 0; i < values.Length; i++)
        {
            // In the order of the background's rows, whatever the batch: the same bits every time.
            double sum = 0;
            foreach (double prediction in predictions.AsSpan(i * rows, rows))
                sum += prediction;
            values[i] = Value(sum / rows);
        }
    }

    private void RunShared(SharedRows rows, ReadOnlySpan<bool> coalitions, Span<double> values, CancellationToken cancellation)
    {
        int backgroundRows = masker.RowsPerCoalition;
        newPlaces.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<bool> coalition = coalitions.Slice(i * varying.Length, varying.Length);
            for (int row = 0; row < backgroundRows; row++)
            {
                int place = rows.Place(coalition, row);
                if (!rows.Claim(place))
                    continue;
                Spread(coalition, newPlaces.Count);
                newBackgroundRows[newPlaces.Count] = row;
                newPlaces.Add(place);
            }
        }
        if (newPlaces.Count > 0)
        {
            masker.FillRows(coalitionBuffer.AsSpan(0, newPlaces.Count * masker.Features.Count), newBackgroundRows.AsSpan(0, newPlaces.Count), batch);
            predictor.Predict(batch, predictions, cancellation);
            for (int i = 0; i < newPlaces.Count; i++)
                rows[newPlaces[i]] = predictions[i];
        }
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<bool> coalition = coalitions.Slice(i * varying.Length, varying.Length);
            double sum = 0;
            for (int row = 0; row < backgroundRows; row++)
                sum += rows[rows.Place(coalition, row)];
            values[i] = Value(sum / backgroundRows);
        }
    }

    /// <summary>Writes a coalition of players as one of features.</summary>
    private void Spread(ReadOnlySpan<bool> coalition, int at)
    {
        Span<bool> features = coalitionBuffer.AsSpan(at * masker.Features.Count, masker.Features.Count);
        for (int player = 0; player < varying.Length; player++)
            features[varying[player]] = coalition[player];
    }

    private double Value(double mean) => link == Link.Logit ? Predictor.LogOdds(mean, out _) : mean;
}

using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// A model seen through its target: model input in, one number a row out, in the target's space. Softmax, the logistic function and
/// log-odds are applied here, so that methods never see which kind of output the model has. Counts the rows it ran.
/// </summary>
/// <remarks>
/// <para>Raw space: logits and regression values as the model gives them; a probability p becomes its log-odds ln(p / (1 − p)), with p
/// clipped to [2⁻²⁴, 1 − 2⁻²⁴], since single precision holds no more; where the model is trees behind a logistic function or softmax the
/// log-odds come from the trees' own sums, without clipping. Probability space: probabilities as the model gives them, logits
/// through softmax; a regression value has none.</para>
/// <para>In raw space the value of a coalition is the mean of raw values over the background rows. The option <c>link=logit</c> is
/// another thing: the log-odds of the mean probability.</para>
/// <para>Safe for use from several threads.</para>
/// </remarks>
public sealed class Predictor
{
    /// <summary>The probability nearest to 0 whose log-odds are told apart, 2⁻²⁴; the one nearest to 1 is its complement.</summary>
    public const double SmallestProbability = 1.0 / (1 << 24);

    private long modelRows;
    private long clippedRows;

    /// <summary>A predictor.</summary>
    /// <param name="session">The model.</param>
    /// <param name="output">The output that is explained.</param>
    /// <param name="target">The element of it, with its space.</param>
    /// <exception cref="ExplainerException">An element that the output does not have, or the probability of a regression value.</exception>
    public Predictor(ModelSession session, SessionOutput output, Target target)
    {
        if (target.Index < 0 || target.Index >= output.Width)
        {
            throw new ExplainerException(
                $"Target {target.Index} does not exist: output {output.Name} has {output.Width} value(s) a row. "
                + $"Choose a number from 0 to {output.Width - 1}.");
        }
        if (output.Kind == OutputKind.Value && target.Space == TargetSpace.Probability)
            throw new ExplainerException($"Output {output.Name} is a value, not a class: it has no probability. Use --space raw.");
        Session = session;
        Output = output;
        Target = target;
    }

    /// <summary>The model.</summary>
    public ModelSession Session { get; }

    /// <summary>The output that is explained.</summary>
    public SessionOutput Output { get; }

    /// <summary>The number that is explained.</summary>
    public Target Target { get; }

    /// <summary>What people call the output's elements: classes, or the values of a regression; empty for the model's own names.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Rows run so far.</summary>
    public long ModelRows => Interlocked.Read(ref modelRows);

    /// <summary>Whether the output has classes, so that accuracy and probabilities mean something.</summary>
    public bool IsClassifier => Output.Kind != OutputKind.Value;

    /// <summary>Rows so far whose probability was too close to 0 or 1 for its log-odds, and was clipped.</summary>
    public long ClippedRows => Interlocked.Read(ref clippedRows);

    /// <summary>What people call an element of the output.</summary>
    public string NameOf(int index) =>
        index == Target.Index ? Target.Name
        : index < Names.Length ? Names[index]
        : index < Output.ClassLabels.Length ? Output.ClassLabels[index]
        : string.Create(CultureInfo.InvariantCulture, $"{(IsClassifier ? "class" : Output.Name)} {index}");

    /// <summary>The target's value for each row of a batch.</summary>
    /// <param name="batch">Rows of model input.</param>
    /// <param name="values">Receives one value a row.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelRunException">The model failed while it computed.</exception>
    public void Predict(InputBatch batch, Span<double> values, CancellationToken cancellation)
    {
        int width = Output.Width;
        double[] scores = ArrayPool<double>.Shared.Rent(batch.Rows * width);
        try
        {
            Span<double> rows = scores.AsSpan(0, batch.Rows * width);
            Run(batch, rows, Target.Space, Target.Index, cancellation);
            for (int row = 0; row < batch.Rows; row++)
                values[row] = rows[(row * width) + Target.Index];
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    /// <summary>All scores of each row, rows × width, in the target's space: every class's probability, or every raw score.</summary>
    /// <inheritdoc cref="Predict" path="/param[@name!='values']|/exception"/>
    public double[] PredictAll(InputBatch batch, CancellationToken cancellation) => PredictAll(batch, Target.Space, cancellation);

    /// <summary>All scores of each row, rows × width, in a space of the caller's.</summary>
    /// <inheritdoc cref="Predict" path="/param[@name!='values']|/exception"/>
    internal double[] PredictAll(InputBatch batch, TargetSpace space, CancellationToken cancellation)
    {
        double[] scores = new double[batch.Rows * Output.Width];
        Run(batch, scores, space, null, cancellation);
        return scores;
    }

    /// <summary>The target's value of a sample as it is.</summary>
    internal double PredictOne(Sample sample, CancellationToken cancellation)
    {
        Span<double> value = stackalloc double[1];
        Predict(sample.Encode(), value, cancellation);
        return value[0];
    }

    /// <summary>ln(p / (1 − p)), p clipped to what single precision tells apart.</summary>
    internal static double LogOdds(double probability, out bool clipped)
    {
        double p = Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability);
        clipped = p != probability && !double.IsNaN(probability);
        return Math.Log(p / (1 - p));
    }

    private void Run(InputBatch batch, Span<double> scores, TargetSpace space, int? element, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (batch.Rows == 0)
            return;
        ModelTensor[] inputs = new ModelTensor[batch.Tensors.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = new ModelTensor(batch.Tensors[i].Name, batch.Tensors[i].Data, batch.Tensors[i].RowShape);
        bool logOdds = Output.Kind == OutputKind.Probabilities && space == TargetSpace.Raw;
        if (logOdds && Session.HasLogOdds(Output))
        {
            Session.RunLogOdds(inputs, batch.Rows, Output, scores, cancellation);
            Interlocked.Add(ref modelRows, batch.Rows);
            return;
        }
        Session.Run(inputs, batch.Rows, Output, scores, cancellation);
        Interlocked.Add(ref modelRows, batch.Rows);

        if (Output.Kind == OutputKind.Logits && space == TargetSpace.Probability)
            Softmax(scores, Output.Width);
        else if (logOdds)
            ToLogOdds(scores, element);
    }

    /// <summary>Turns probabilities into log-odds: those of one element, or of all.</summary>
    private void ToLogOdds(Span<double> scores, int? element)
    {
        int width = Output.Width;
        long clippedHere = 0;
        for (int i = element ?? 0; i < scores.Length; i += element is null ? 1 : width)
        {
            scores[i] = LogOdds(scores[i], out bool clipped);
            if (clipped && i % width == Target.Index)
                clippedHere++;
        }
        Interlocked.Add(ref clippedRows, clippedHere);
    }

    private static void Softmax(Span<double> scores, int width)
    {
        for (int start = 0; start < scores.Length; start += width)
        {
            Span<double> row = scores.Slice(start, width);
            double largest = double.NegativeInfinity;
            foreach (double score in row)
                largest = Math.Max(largest, score);
            double sum = 0;
            for (int i = 0; i < width; i++)
            {
                row[i] = Math.Exp(row[i] - largest);
                sum += row[i];
            }
            for (int i = 0; i < width; i++)
                row[i] /= sum;
        }
    }
}

using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Pipelines;

/// <summary>Rows of a table as a model's trees or linear model see them, behind its pipeline.</summary>
internal static class PipelineFeatures
{
    /// <summary>Rows × features, row-major: the bits that the model itself computes with, widened.</summary>
    public static double[] Of(
        ModelSession session, FeaturePipeline pipeline, EncodedTable table, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        if (pipeline.PassesThrough)
        {
            int[] columns = [.. pipeline.Sources.Select(source => ColumnOf(source, table))];
            return [.. rows.SelectMany(row => columns.Select(column => table.Number(row, column)))];
        }
        int[] indices = [.. rows];
        InputBatch batch = table.Allocate(indices.Length);
        table.CopyRows(indices, batch);
        return session.Features(
            pipeline, [.. batch.Tensors.Select(tensor => new ModelTensor(tensor.Name, tensor.Data, tensor.RowShape))], indices.Length, cancellation);
    }

    /// <summary>The table's column of each of the pipeline's <see cref="FeaturePipeline.Columns"/>.</summary>
    public static int[] ColumnsOf(FeaturePipeline pipeline, EncodedTable table) => [.. pipeline.Columns.Select(column => ColumnOf(column, table))];

    private static int ColumnOf(InputColumn source, EncodedTable table) => Enumerable.Range(0, table.ColumnCount)
        .First(i => table.Encoder.Columns[i].Input == source.Input && table.Encoder.Columns[i].Offset == source.Offset);
}

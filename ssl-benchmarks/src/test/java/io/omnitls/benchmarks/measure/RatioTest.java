package io.omnitls.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RatioTest {
    @Test
    void theMiddleAndTheQuartilesOfAnOddNumberAreValuesOfIt() {
        assertEquals(new Ratio(2, 3, 4), Ratio.of(5, 1, 4, 2, 3));
    }

    @Test
    void betweenTwoValuesLiesThePointOnTheLine() {
        assertEquals(new Ratio(1.75, 2.5, 3.25), Ratio.of(4, 3, 2, 1));
    }

    @Test
    void oneValueIsAll() {
        assertEquals(new Ratio(0.9, 0.9, 0.9), Ratio.of(0.9));
    }

    @Test
    void anOutlierDoesNotMoveTheMiddle() {
        assertEquals(1.0, Ratio.of(1.0, 1.0, 1.0, 1.0, 0.01).median());
    }

    @Test
    void ofNothingThereIsNone() {
        assertThrows(IllegalArgumentException.class, Ratio::of);
    }
}

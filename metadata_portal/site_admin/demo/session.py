"""The rig and one session of the example data: instrument, acquisition, processing, quality control, a model."""

from __future__ import annotations

from metadata_portal.site_admin.demo.parts import Json, bregma

RIG = "FIP-2"
BEHAVIOR = {"name": "Behavior", "abbreviation": "behavior"}
FIBER = {"name": "Fiber photometry", "abbreviation": "fib"}
_MAKERS = {
    "Thorlabs": {
        "name": "Thorlabs",
        "registry": "Research Organization Registry (ROR)",
        "registry_identifier": "04gsnvb07",
    },
    "Doric": {
        "name": "Doric",
        "registry": "Research Organization Registry (ROR)",
        "registry_identifier": "059n53q30",
    },
    "Teledyne FLIR": {
        "name": "Teledyne FLIR",
        "abbreviation": "FLIR",
        "registry": "Research Organization Registry (ROR)",
        "registry_identifier": "01j1gwp17",
    },
}
GREEN, ISOSBESTIC = "LED 470 nm", "LED 415 nm"
CAMERA, CORD, CLOCK, COMPUTER = "Green CMOS", "Patch cord 1", "Harp behavior", "W10-FIP2"
_CODE = {"object_type": "Code", "url": "https://github.com/striatal-dopamine/photometry", "version": "1.4.0"}


def _led(name: str, wavelength: int) -> Json:
    return {
        "object_type": "Light emitting diode",
        "name": name,
        "manufacturer": _MAKERS["Thorlabs"],
        "model": f"M{wavelength}F3",
        "wavelength": wavelength,
    }


def _wire(source: str, target: str, port: str | None = None) -> Json:
    return {"object_type": "Connection", "source_device": source, "source_port": port, "target_device": target}


def _power(name: str) -> Json:
    return {
        "object_type": "Power calibration",
        "device_name": name,
        "calibration_date": "2025-06-02T09:20:00+01:00",
        "input": [1.0, 2.0, 3.0],
        "input_unit": "Volts",
        "output": [9.8, 20.4, 31.0],
        "output_unit": "microwatt",
    }


def instrument() -> Json:
    """Return a fiber photometry rig."""
    return {
        "instrument_id": RIG,
        "modification_date": "2025-06-02",
        "location": "Room 3.14",
        "modalities": [BEHAVIOR, FIBER],
        "global_coordinate_system": bregma(),
        "components": [
            _led(ISOSBESTIC, 415),
            _led(GREEN, 470),
            {
                "object_type": "Detector",
                "name": CAMERA,
                "manufacturer": _MAKERS["Teledyne FLIR"],
                "model": "BFS-U3-20S40M",
                "detector_type": "Camera",
                "data_interface": "USB",
                "bit_depth": 16,
            },
            {
                "object_type": "Fiber patch cord",
                "name": CORD,
                "manufacturer": _MAKERS["Doric"],
                "core_diameter": "200",
                "numerical_aperture": "0.37",
            },
            {
                "object_type": "Harp device",
                "name": CLOCK,
                "harp_device_type": {"whoami": 1216, "name": "Behavior"},
                "is_clock_generator": True,
            },
            {"object_type": "Computer", "name": COMPUTER, "operating_system": "Windows 11"},
            {
                "object_type": "Tube",
                "name": "Tube 1",
                "diameter": "4",
            },
        ],
        "connections": [
            _wire(CLOCK, CAMERA, "DO0"),
            _wire(CLOCK, COMPUTER),
            _wire(CAMERA, COMPUTER),
        ],
        "calibrations": [_power(ISOSBESTIC), _power(GREEN)],
    }


def _light(name: str, power: float) -> Json:
    return {
        "object_type": "Light emitting diode config",
        "device_name": name,
        "power": power,
        "power_unit": "microwatt",
    }


def _channel(name: str, light: str, wavelength: int, power: float) -> Json:
    return {
        "object_type": "Channel",
        "channel_name": name,
        "intended_measurement": "dopamine" if light == GREEN else "movement",
        "detector": {
            "object_type": "Detector config",
            "device_name": CAMERA,
            "exposure_time": 15.6,
            "trigger_type": "External",
        },
        "light_sources": [_light(light, power)],
        "emission_wavelength": wavelength,
        "emission_wavelength_unit": "nanometer",
    }


def acquisition(subject_id: str, start: str, end: str) -> Json:
    """Return a session of photometry during a choice task."""
    return {
        "subject_id": subject_id,
        "acquisition_start_time": start,
        "acquisition_end_time": end,
        "experimenters": ["Maria Ortega"],
        "ethics_review_id": ["2109"],
        "instrument_id": RIG,
        "acquisition_type": "Two-alternative choice",
        "data_streams": [
            {
                "object_type": "Data stream",
                "stream_start_time": start,
                "stream_end_time": end,
                "modalities": [FIBER, BEHAVIOR],
                "active_devices": [GREEN, ISOSBESTIC, CAMERA, CORD, CLOCK, "Fiber A"],
                "configurations": [
                    _light(GREEN, 20.0),
                    _light(ISOSBESTIC, 10.0),
                    {
                        "object_type": "Patch cord config",
                        "device_name": CORD,
                        "channels": [
                            _channel("Green", GREEN, 520, 20.0),
                            _channel("Isosbestic", ISOSBESTIC, 520, 10.0),
                        ],
                    },
                ],
            }
        ],
        "stimulus_epochs": [
            {
                "object_type": "Stimulus epoch",
                "stimulus_start_time": start,
                "stimulus_end_time": end,
                "stimulus_name": "Two-alternative choice",
                "stimulus_modalities": ["Auditory"],
                "performance_metrics": {
                    "object_type": "Performance metrics",
                    "trials_total": 412,
                    "trials_finished": 398,
                    "trials_rewarded": 301,
                },
            }
        ],
        "subject_details": {
            "object_type": "Acquisition subject details",
            "mouse_platform_name": "Tube 1",
            "animal_weight_prior": "21.6",
            "animal_weight_post": "22.3",
        },
    }


def processing() -> Json:
    """Return the step from raw traces to changes of fluorescence."""
    return {
        "data_processes": [
            {
                "object_type": "Data process",
                "process_type": "dF/F estimation",
                "name": "dF/F",
                "stage": "Processing",
                "code": {**_CODE, "parameters": {"baseline_seconds": 60, "method": "isosbestic"}},
                "experimenters": ["Jonas Weber"],
                "start_date_time": "2025-06-16T14:00:00+01:00",
                "end_date_time": "2025-06-16T14:06:30+01:00",
                "output_path": "photometry/dff.csv",
            }
        ],
        "dependency_graph": {"dF/F": []},
    }


def _metric(name: str, value: object, status: str, evaluator: str, description: str) -> Json:
    return {
        "object_type": "QC metric",
        "name": name,
        "modality": FIBER,
        "stage": "Raw data",
        "value": value,
        "description": description,
        "tags": {"fiber": "Fiber A"},
        "status_history": [
            {
                "object_type": "QC status",
                "evaluator": evaluator,
                "status": status,
                "timestamp": "2025-06-16T15:10:00+01:00",
            }
        ],
    }


def quality_control() -> Json:
    """Return what was measured of the session's quality."""
    return {
        "metrics": [
            _metric("Dropped frames", 0, "Pass", "Automated", "Pass when fewer than 10 frames are missing"),
            _metric("Signal range", {"low": 0.08, "high": 0.91}, "Pass", "Automated", "Pass when nothing saturates"),
            _metric("Bleaching", 0.12, "Pending", "Jonas Weber", "Pass when less than a quarter is lost"),
        ],
        "default_grouping": ["fiber"],
        "key_experimenters": ["Maria Ortega"],
    }


def model() -> Json:
    """Return a small model that was trained on sessions like this one."""
    return {
        "name": "Transient classifier",
        "version": "0.2",
        "architecture": "Random Forest",
        "intended_use": "Tell dopamine transients from movement in fiber photometry",
        "limitations": "Trained on the dorsal striatum only",
        "example_run_code": {**_CODE, "run_script": "classify.py"},
        "training": [
            {
                "object_type": "Model training",
                "stage": "Analysis",
                "code": {**_CODE, "run_script": "train.py"},
                "experimenters": ["Jonas Weber"],
                "start_date_time": "2025-07-10T10:00:00+01:00",
                "train_performance": [{"object_type": "Performance metric", "name": "F1", "value": 0.91}],
                "test_performance": [{"object_type": "Performance metric", "name": "F1", "value": 0.86}],
                "test_evaluation_method": "Held-out animals",
            }
        ],
    }
